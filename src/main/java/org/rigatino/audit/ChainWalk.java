package org.rigatino.audit;

import org.rigatino.audit.AuditChain.Verification;

/** Follows the chain row by row to the first that does not fit. For one walk, by one thread. */
final class ChainWalk {
    private final boolean whole;
    private final Anchors anchors;

    private long rows;
    private long lastId;
    private String lastHash = AuditRow.GENESIS;
    private Verification broken;

    private ChainWalk(boolean whole, Anchors anchors) {
        this.whole = whole;
        this.anchors = anchors;
    }

    /** From row 1 on, without gaps. */
    static ChainWalk ofWhole(Anchors anchors) {
        return new ChainWalk(true, anchors);
    }

    /** Of a selection: rows may be missing, and those that follow one another must do so. */
    static ChainWalk ofSelection(Anchors anchors) {
        return new ChainWalk(false, anchors);
    }

    /** As {@link #fits}, where rows are read on behind one that does not: the first is told. */
    void goesOn(AuditRow row) {
        if (broken == null) {
            fits(row);
        }
    }

    /** @return whether all rows up to this one fit */
    boolean fits(AuditRow row) {
        rows++;
        String problem = problem(row);
        if (problem != null) {
            broken = new Verification(rows, lastId, lastHash, row.id(), problem);
            return false;
        }
        lastId = row.id();
        lastHash = row.hash();
        return true;
    }

    private String problem(AuditRow row) {
        if (row.id() <= lastId) {
            return "it is there twice, or out of its order";
        }
        boolean next = row.id() == lastId + 1;
        if (whole && !next) {
            return missing(lastId + 1, row.id() - 1) + " missing before it";
        }
        if (next && (whole || lastId > 0) && !row.previousHash().equals(lastHash)) {
            return "it does not follow the row before it";
        }
        if (!row.hasKnownVersion()) {
            return "it has version " + row.version() + ", which this program does not know: prove it with a later one";
        }
        if (!row.fitsItsHash()) {
            return "its content does not match its hash";
        }
        if (!anchors.fits(row.id(), row.hash())) {
            return "it is not the row that an anchor knows: rows from " + (anchors.lastBefore(row.id()) + 1)
                    + " on were rewritten";
        }
        return null;
    }

    private static String missing(long from, long to) {
        return from == to ? "row " + from + " is" : "rows " + from + " to " + to + " are";
    }

    /** What came of the walk where something else than a row does not fit. */
    Verification broken(String problem) {
        return new Verification(rows, lastId, lastHash, lastId, problem);
    }

    /** What came of the walk, once there are no more rows. */
    Verification end() {
        return broken != null ? broken : new Verification(rows, lastId, lastHash, 0, null);
    }

    /**
     * The same, for the whole trail.
     *
     * @param head the last row as {@code audit_head}, or the manifest of an export, knows it
     */
    Verification end(Anchor head) {
        long known = Math.max(head.id(), anchors.last());
        if (broken == null && known > lastId) {
            String who = anchors.last() > lastId ? "an anchor" : "the head";
            broken = new Verification(
                    rows,
                    lastId,
                    lastHash,
                    lastId + 1,
                    "it is cut off the end" + (known == lastId + 1 ? "" : ", with all to row " + known) + ": " + who
                            + " knows row " + known);
        } else if (broken == null && (head.id() < lastId || !head.hash().equals(lastHash))) {
            broken = new Verification(rows, lastId, lastHash, lastId, "the head knows another row as the last");
        }
        return end();
    }
}
