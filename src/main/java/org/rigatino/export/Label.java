package org.rigatino.export;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an answer says of an image. */
enum Label {
    NORMAL,
    ABNORMAL;

    /** With which somebody disagrees with a flag though something is there. */
    private static final Set<String> SOMETHING_IS_THERE =
            Set.of("WRONG_PLACE_OR_EXTENT", "NOT_RELEVANT", "KNOWN_LESION", "POST_OPERATIVE");

    /** Empty where the answer does not say whether anything is there. */
    static Optional<Label> of(AnsweredFrame frame) {
        return switch (frame.verdict()) {
            case "AGREE" -> Optional.of(frame.flagged() ? ABNORMAL : NORMAL);
            case "DISAGREE" ->
                !frame.flagged()
                        ? Optional.of(ABNORMAL)
                        : SOMETHING_IS_THERE.contains(String.valueOf(frame.reason()))
                                ? Optional.empty()
                                : Optional.of(NORMAL);
            case "MISSED" -> Optional.of(ABNORMAL);
            default -> Optional.empty();
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
