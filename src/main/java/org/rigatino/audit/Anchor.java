package org.rigatino.audit;

/**
 * What ties the trail to somewhere outside its database: one row's id and hash. As text it is {@code audit-anchor ID
 * HASH}, in logs, exports, messages and files alike.
 */
public record Anchor(long id, String hash) {
    static final String WORD = "audit-anchor";

    /** @throws IllegalArgumentException where it is none */
    static Anchor parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length != 3 || !parts[0].equals(WORD) || !parts[1].matches("\\d{1,18}")) {
            throw new IllegalArgumentException(text + " is no anchor");
        }
        return new Anchor(Long.parseLong(parts[1]), parts[2]);
    }

    @Override
    public String toString() {
        return WORD + " " + id + " " + hash;
    }
}
