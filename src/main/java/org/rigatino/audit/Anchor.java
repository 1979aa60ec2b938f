package org.rigatino.audit;

/**
 * What ties the trail to somewhere outside its database: one row's id and hash. As text it is {@code audit-anchor ID
 * HASH}, in logs, exports, messages and files alike.
 */
record Anchor(long id, String hash) {
    static final String WORD = "audit-anchor";

    @Override
    public String toString() {
        return WORD + " " + id + " " + hash;
    }
}
