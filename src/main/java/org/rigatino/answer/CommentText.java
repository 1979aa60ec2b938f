package org.rigatino.answer;

import java.util.Optional;

/** Free text as it may be kept: one line, of characters that say nothing about those around them. */
final class CommentText {
    /** In characters of Unicode. */
    static final int MOST = 1000;

    private CommentText() {}

    /**
     * Empty where there is nothing but white space.
     *
     * @throws IllegalArgumentException that says what is wrong and quotes nothing
     */
    static Optional<String> of(String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String comment = text.strip();
        int length = comment.codePointCount(0, comment.length());
        if (length > MOST) {
            throw AnswerReason.COMMENT_TOO_LONG.wrong(length, MOST);
        }
        int[] points = comment.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (isRefused(points[i])) {
                throw AnswerReason.COMMENT_NO_TEXT.wrong(String.format("%04X", points[i]), i + 1);
            }
        }
        return Optional.of(comment);
    }

    private static boolean isRefused(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            case Character.FORMAT -> !isJoiner(point);
            default -> false;
        };
    }

    /** Words of Persian and of Indic scripts need them; whatever else formats hides text or turns its direction. */
    private static boolean isJoiner(int point) {
        return point == 0x200C || point == 0x200D;
    }
}
