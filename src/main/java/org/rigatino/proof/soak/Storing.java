package org.rigatino.proof.soak;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the workers of a soak store in the PACS. */
enum Storing {
    /** Over associations, proved by storage commitment. */
    C_STORE,
    /** By DICOMweb, proved by QIDO-RS. */
    STOW_RS;

    static Storing parse(String text) {
        return Arrays.stream(values())
                .filter(way -> way.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--destination: " + text + " is none of "
                        + Arrays.stream(values()).map(Storing::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
