package org.rigatino.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * Why an acknowledged study is open again.
 *
 * @param detail as of {@link News}; of {@link Cause#OTHER} all that is known
 * @param revision null where a person opened it
 * @param by the person who did so, else null; who escalated it stands beside
 * @param after who had acknowledged it
 */
@Embeddable
public record Reopening(
        @Enumerated(EnumType.STRING) @Column(name = "reopened_as") Cause cause,
        @Column(name = "reopened_detail") String detail,
        @Column(name = "reopened_revision") Integer revision,
        @Column(name = "reopened_by") String by,
        @Column(name = "reopened_after") String after) {
    private static final String BETWEEN = " ";

    public enum Cause {
        RAISED,
        HIGH,
        UNLIKE,
        UNREAD,
        REFUSED,
        FAILED,
        BY_HAND,
        ESCALATED,
        /** In words of an earlier version. */
        OTHER
    }

    /**
     * What of a revision is to be looked at.
     *
     * @param detail the stage of {@link Cause#FAILED}, the rule of {@link Cause#REFUSED}, and of {@link Cause#RAISED} both priorities
     *     with a blank between; else null
     */
    public record News(Cause cause, String detail) {
        public static News of(Cause cause) {
            return new News(cause, null);
        }

        public static News raised(String from, String to) {
            return new News(Cause.RAISED, from + BETWEEN + to);
        }

        /** As the record has it. */
        public String code() {
            return detail == null ? cause.name() : cause + BETWEEN + detail;
        }
    }

    public static Reopening by(String name, String after) {
        return new Reopening(Cause.BY_HAND, null, null, name, after);
    }

    public static Reopening escalated(String after) {
        return new Reopening(Cause.ESCALATED, null, null, null, after);
    }

    public static Reopening of(int revision, News news, String after) {
        return new Reopening(news.cause, news.detail, revision, null, after);
    }

    /** Whether an outcome did, and no person. */
    public boolean byItself() {
        return revision != null;
    }

    public News news() {
        return new News(cause, detail);
    }

    /** In English, as the trail and REST tell it. */
    public String text() {
        return switch (cause) {
            case OTHER -> detail;
            case ESCALATED -> "escalated after it was acknowledged by " + after;
            case BY_HAND -> "opened again by " + by + afterwards();
            default -> "revision " + revision + " " + words() + afterwards();
        };
    }

    private String words() {
        return switch (cause) {
            case RAISED -> "raised it from " + detail.replace(BETWEEN, " to ");
            case HIGH -> "is HIGH too";
            case UNLIKE -> "has images refused as unlike";
            case UNREAD -> "has images that could not be restored";
            case REFUSED -> "was refused by " + detail;
            default -> "failed at " + detail;
        };
    }

    private String afterwards() {
        return ", after " + after + " had acknowledged it";
    }
}
