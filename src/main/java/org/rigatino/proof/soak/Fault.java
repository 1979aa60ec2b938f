package org.rigatino.proof.soak;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done to a deployment while it works. */
enum Fault {
    /** SIGKILL of the listener, then its next start. */
    KILL_LISTENER,
    /** SIGKILL of a worker, then its next start. */
    KILL_WORKER,
    /** Workers are stopped with SIGTERM and started, one after the other. */
    ROLL_WORKERS,
    STOP_BROKER,
    KILL_BROKER,
    STOP_DATABASE,
    KILL_DATABASE,
    KILL_PACS,
    /** Senders' connections end within a PDU. */
    CUT_SENDER,
    /** Connections to the PACS end within a PDU. */
    CUT_PACS,
    /** No room for instances and overlays. */
    FILL_DISK,
    /** The PACS answers C-STORE with Refused: Out of Resources; by DICOMweb with 503. */
    ANSWER_A700,
    /** The PACS answers C-STORE with Error: Data Set does not match SOP Class; by DICOMweb with 409. */
    ANSWER_A900,
    /** Storage commitment reports do not arrive; left out by DICOMweb, which has none. */
    LOSE_COMMITMENT,
    /** What waits in rigatino.studies is deleted. */
    LOSE_EVENTS,
    /** A study is sent again after it was taken. */
    DUPLICATE,
    /** A part of a study comes after the quiet period. */
    LATE,
    /** A study comes over two associations at once. */
    PARALLEL;

    /** Faults that are a way of sending. */
    static final Set<Fault> OF_SENDERS = EnumSet.of(DUPLICATE, LATE, PARALLEL);

    /** @param text all, none, or names with commas between them */
    static Set<Fault> parse(String text) {
        if (text.equals("all")) {
            return EnumSet.allOf(Fault.class);
        }
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        if (!text.equals("none")) {
            for (String name : text.split(",")) {
                faults.add(one(name.strip()));
            }
        }
        return faults;
    }

    private static Fault one(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--faults: " + name + " is none of all, none, "
                        + Arrays.stream(values()).map(Fault::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
