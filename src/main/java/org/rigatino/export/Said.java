package org.rigatino.export;

import java.util.Set;

/** What an answer says of an image. */
enum Said {
    /** What the release flags. */
    ABNORMAL,
    NORMAL,
    /** Something, which is not what the release flags. */
    SOMETHING_ELSE,
    UNSURE,
    /** Not whether anything is there. */
    NOTHING_OF_IT;

    private static final Set<String> SOMETHING_IS_THERE =
            Set.of("WRONG_PLACE_OR_EXTENT", "NOT_RELEVANT", "KNOWN_LESION", "POST_OPERATIVE");

    private static final Set<String> NOTHING_IS_THERE = Set.of("ARTIFACT", "MOTION", "NORMAL_VARIANT");

    static Said of(AnsweredFrame frame) {
        return switch (frame.verdict()) {
            case "AGREE" -> frame.flagged() ? ABNORMAL : NORMAL;
            case "MISSED" -> ABNORMAL;
            case "DISAGREE" -> disagreed(frame.flagged(), String.valueOf(frame.reason()));
            default -> UNSURE;
        };
    }

    /** Who misses a flag and names a reason for which there is none has not said which of both. */
    private static Said disagreed(boolean flagged, String reason) {
        if (NOTHING_IS_THERE.contains(reason)) {
            return flagged ? NORMAL : NOTHING_OF_IT;
        }
        if (!flagged) {
            return ABNORMAL;
        }
        return SOMETHING_IS_THERE.contains(reason) ? SOMETHING_ELSE : NOTHING_OF_IT;
    }
}
