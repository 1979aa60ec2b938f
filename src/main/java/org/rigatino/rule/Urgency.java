package org.rigatino.rule;

/** How soon a study is taken up, by four of the terms of Requested Procedure Priority (0040,1003). */
public enum Urgency {
    LOW(-1),
    ROUTINE(0),
    HIGH(1),
    STAT(2);

    private final short rank;

    Urgency(int rank) {
        this.rank = (short) rank;
    }

    /** As the record keeps it: the higher the sooner, 0 where nothing was said. */
    public short rank() {
        return rank;
    }

    /** @param rank null where nothing was said */
    public static Urgency of(Short rank) {
        for (Urgency urgency : values()) {
            if (rank != null && urgency.rank == rank) {
                return urgency;
            }
        }
        return ROUTINE;
    }
}
