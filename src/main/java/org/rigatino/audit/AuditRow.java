package org.rigatino.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One row of the chain.
 *
 * @param id 1 for the first row, then without gaps
 * @param occurredAt to the microsecond, as PostgreSQL keeps it
 * @param kind an {@link EventKind}, or one of another version
 * @param studyInstanceUid null where the event is not about a study
 * @param subject null, or what the event is about inside the study: an instance, an output, a destination
 * @param actor who did it, null where Rigatino did by itself
 * @param address where the actor was, null where that is not known
 * @param version what the hash covers: {@link #VERSION}, or an earlier one
 * @param previousHash hash of the row before, {@link #GENESIS} for the first
 * @param hash as it is kept with the row, which may have been changed
 */
public record AuditRow(
        long id,
        Instant occurredAt,
        String kind,
        String studyInstanceUid,
        String subject,
        String detail,
        String actor,
        String address,
        int version,
        String previousHash,
        String hash) {
    /** Of rows that are written now. */
    static final int VERSION = 2;

    static final String GENESIS = "0".repeat(64);

    public AuditRow {
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The row of an event behind the last, with its hash. */
    static AuditRow of(Anchor last, Instant occurredAt, AuditTrail.Event event) {
        AuditRow row = new AuditRow(
                last.id() + 1,
                occurredAt,
                event.kind().name(),
                event.studyInstanceUid(),
                event.subject(),
                event.detail(),
                event.actor(),
                event.address(),
                VERSION,
                last.hash(),
                null);
        return row.withHash(row.contentHash());
    }

    private AuditRow withHash(String hash) {
        return new AuditRow(
                id, occurredAt, kind, studyInstanceUid, subject, detail, actor, address, version, previousHash, hash);
    }

    /** Its id and hash, as a text that {@code audit verify --anchors} finds again. */
    public String anchor() {
        return new Anchor(id, hash).toString();
    }

    /** Whether this program knows what the hash covers. */
    boolean hasKnownVersion() {
        return version >= 1 && version <= VERSION;
    }

    /** Whether the hash that is kept is the one of what the row says. */
    public boolean fitsItsHash() {
        return hasKnownVersion() && contentHash().equals(hash);
    }

    /**
     * SHA-256 in hex over every field but the hash, each with its length in front, so that no two rows share their
     * content. Version 2 begins with the number -2, which is no id of version 1; then come id and fields in their
     * order. A further field is a further version.
     */
    String contentHash() {
        return version == 1 ? firstContentHash() : secondContentHash();
    }

    private String secondContentHash() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(ByteBuffer.allocate(16).putLong(-version).putLong(id).array());
        add(digest, occurredAt.toString());
        add(digest, kind);
        add(digest, studyInstanceUid);
        add(digest, subject);
        add(digest, detail);
        add(digest, actor);
        add(digest, address);
        add(digest, previousHash);
        return Hex.encodeHexString(digest.digest());
    }

    /** Without the version; actor and address last, and only where there is one of them, since they came later. */
    private String firstContentHash() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(ByteBuffer.allocate(8).putLong(id).array());
        add(digest, occurredAt.toString());
        add(digest, kind);
        add(digest, studyInstanceUid);
        add(digest, subject);
        add(digest, detail);
        add(digest, previousHash);
        if (actor != null || address != null) {
            add(digest, actor);
            add(digest, address);
        }
        return Hex.encodeHexString(digest.digest());
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(field == null ? -1 : bytes.length).array());
        digest.update(bytes);
    }
}
