package org.rigatino.proof.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what was acknowledged against what the record and the PACS have. Knows nothing of how either was asked. */
final class SoakAudit {
    /** What must come of an instance. */
    enum Expected {
        OVERLAY,
        NO_OVERLAY,
        /** Of a real file either may, as the record says, but not two overlays of one frame. */
        EITHER
    }

    record Sent(String sopInstanceUid, String studyUid, String patientId, Expected expected) {}

    /** @param intact whether the file is there with the digest on record */
    record Row(String sopInstanceUid, String studyUid, String outcome, boolean intact) {}

    /**
     * @param source Referenced SOP Instance UID of its Source Image Sequence
     * @param frame Referenced Frame Number, empty where there is none
     */
    record Overlay(String sopInstanceUid, String studyUid, String patientId, String source, String frame) {}

    record Revision(String studyUid, int number, String state) {}

    /** Lines that say what is wrong, by kind. */
    record Verdict(List<String> lost, List<String> doubled, List<String> misfiled, List<String> stuck) {
        boolean clean() {
            return lost.isEmpty() && doubled.isEmpty() && misfiled.isEmpty() && stuck.isEmpty();
        }
    }

    private static final Set<String> OUTCOMES = Set.of("CONFIRMED", "REFUSED", "FAILED");

    private final Map<String, Sent> sent;
    private final Verdict verdict =
            new Verdict(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    private SoakAudit(Collection<Sent> sent) {
        this.sent = sent.stream().collect(Collectors.toMap(Sent::sopInstanceUid, Function.identity()));
    }

    /**
     * @param sent all that senders tried
     * @param acknowledged SOP Instance UIDs that were answered 0000H
     */
    static Verdict of(
            Collection<Sent> sent,
            Set<String> acknowledged,
            List<Row> rows,
            List<Overlay> overlays,
            List<Revision> revisions) {
        SoakAudit audit = new SoakAudit(sent);
        audit.instances(acknowledged, rows, overlays);
        audit.overlays(overlays);
        audit.studies(acknowledged, revisions);
        return audit.verdict;
    }

    private void instances(Set<String> acknowledged, List<Row> rows, List<Overlay> overlays) {
        Map<String, Row> bySop = new HashMap<>();
        for (Row row : rows) {
            if (bySop.put(row.sopInstanceUid(), row) != null) {
                verdict.doubled().add("instance " + row.sopInstanceUid() + " is on record twice");
            }
        }
        Set<String> restored = overlays.stream().map(Overlay::source).collect(Collectors.toSet());
        for (String uid : acknowledged) {
            String problem = problem(sent.get(uid), bySop.get(uid), restored.contains(uid));
            if (problem != null) {
                verdict.lost().add("instance " + uid + " was acknowledged and " + problem);
            }
        }
    }

    private static String problem(Sent sent, Row row, boolean restored) {
        if (row == null) {
            return "is not on record";
        }
        if (!row.intact()) {
            return "its file is missing or changed";
        }
        if (!row.studyUid().equals(sent.studyUid())) {
            return "is on record under another study";
        }
        boolean due = sent.expected() == Expected.OVERLAY
                || sent.expected() == Expected.EITHER && row.outcome().equals("RESTORED");
        if (due && !restored) {
            return "has no overlay in the PACS; its outcome is " + row.outcome();
        }
        return row.outcome().equals("PENDING") ? "has no outcome" : null;
    }

    private void overlays(List<Overlay> overlays) {
        Set<String> sources = new HashSet<>();
        for (Overlay overlay : overlays) {
            Sent source = sent.get(overlay.source());
            String name = "overlay " + overlay.sopInstanceUid();
            if (source == null || source.expected() == Expected.NO_OVERLAY) {
                verdict.misfiled().add(name + " is of " + overlay.source() + ", which none may come of");
            } else if (!source.studyUid().equals(overlay.studyUid())) {
                verdict.misfiled().add(name + " lies in another study than its source");
            } else if (!source.patientId().equals(overlay.patientId())) {
                verdict.misfiled().add(name + " is of another patient than its source");
            }
            if (!sources.add(overlay.source() + " " + overlay.frame())) {
                verdict.doubled().add(name + " is the second of " + overlay.source() + " " + overlay.frame());
            }
        }
    }

    private void studies(Set<String> acknowledged, List<Revision> revisions) {
        Set<String> known = revisions.stream().map(Revision::studyUid).collect(Collectors.toSet());
        acknowledged.stream()
                .map(uid -> sent.get(uid).studyUid())
                .distinct()
                .filter(study -> !known.contains(study))
                .forEach(study -> verdict.stuck().add("study " + study + " is not on record"));
        revisions.stream()
                .filter(revision -> !OUTCOMES.contains(revision.state()))
                .forEach(revision -> verdict.stuck()
                        .add("study " + revision.studyUid() + " revision " + revision.number() + " is still "
                                + revision.state()));
    }
}
