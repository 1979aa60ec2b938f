package org.rigatino.identity;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A table of rows that wait, each of a study that others are shown anew by, or that is shown anew itself. */
interface WaitingRows {
    /** With columns {@code id}, which ascends, and {@code tried_at}, null until it failed. */
    String table();

    /** How many one transaction takes. */
    int atOnce();

    /**
     * In a transaction of their own, which they are gone after; those that another process took are passed over.
     *
     * @param rows their ids
     */
    void take(List<Long> rows, Instant at) throws SQLException;
}
