package org.rigatino.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.audit.AuditChain.Verification;

/** A file of rows, and beside it FILE.manifest.json, by which the file can be proved without the database. */
final class AuditExport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;

    AuditExport(Path file) {
        this.file = file;
    }

    /**
     * What the file holds.
     *
     * @param sha256 of the file, in hex
     * @param anchor the last row of the trail at that time, as {@link Anchor} writes it
     * @param problem what of the trail did not fit then, absent where nothing was seen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Manifest(
            String file,
            String format,
            String exportedAt,
            String exportedBy,
            AuditFilter filter,
            long rows,
            String sha256,
            String anchor,
            String problem) {}

    Path file() {
        return file;
    }

    Path manifestFile() {
        return file.resolveSibling(file.getFileName() + ".manifest.json");
    }

    /** Who exports, and from which IP address or host. */
    record Exporter(String name, String address) {
        /** Of a command. */
        static Exporter account() {
            return new Exporter(AuditSource.account(), AuditSource.host());
        }
    }

    /**
     * Writes both files and, before they are whole, the event AUDIT_EXPORTED. What does not fit of a trail is exported all the
     * same, since it is what an auditor has to see, and the manifest and the event say so.
     *
     * @param connection of a role that may append
     * @throws FileAlreadyExistsException where one of the files is there
     * @throws IllegalArgumentException where the filter asks for what is no study, or nobody
     */
    Manifest write(Connection connection, ExportFormat format, AuditFilter filter, Exporter by)
            throws IOException, SQLException {
        if (Files.exists(manifestFile())) {
            throw new FileAlreadyExistsException(manifestFile().toString());
        }
        AuditFilter recorded = filter.onRecord(connection);
        Files.createFile(file);
        try {
            Manifest manifest = writeRows(connection, format, filter, by);
            append(connection, manifest, recorded, by);
            Files.writeString(manifestFile(), JSON.writeValueAsString(manifest) + "\n");
            return manifest;
        } catch (IOException | SQLException | RuntimeException e) {
            Files.delete(file);
            throw e;
        }
    }

    private Manifest writeRows(Connection connection, ExportFormat format, AuditFilter filter, Exporter by)
            throws IOException, SQLException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        Written written;
        try (Writer text = new OutputStreamWriter(
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest),
                StandardCharsets.UTF_8)) {
            written = AuditChain.inSnapshot(connection, () -> rows(connection, format, filter, text));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return manifest(format, filter, by, written, Hex.encodeHexString(digest.digest()));
    }

    private record Written(long rows, Anchor head, String problem) {}

    private static Written rows(Connection connection, ExportFormat format, AuditFilter filter, Writer text)
            throws SQLException {
        try {
            Anchor head = AuditChain.head(connection);
            ExportFormat.RowWriter writer = format.writer(text);
            long[] rows = {0};
            ChainWalk walk = filter.isWhole() ? ChainWalk.ofWhole(Anchors.NONE) : ChainWalk.ofSelection(Anchors.NONE);
            AuditChain.each(connection, filter.condition(), filter.values(), row -> {
                write(writer, row);
                rows[0]++;
                walk.goesOn(row);
                return true;
            });
            Verification found = filter.isWhole() ? walk.end(head) : ofSelection(connection, walk, head);
            return new Written(rows[0], head, found.intact() ? null : found.told());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the rows that were left out the last is looked at alone. */
    private static Verification ofSelection(Connection connection, ChainWalk walk, Anchor head) throws SQLException {
        Verification found = walk.end();
        ChainWalk end = ChainWalk.ofSelection(Anchors.NONE);
        AuditChain.latest(connection, "true", List.of(), 1).forEach(end::goesOn);
        return found.intact() ? end.end(head) : found;
    }

    private static void write(ExportFormat.RowWriter writer, AuditRow row) {
        try {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest manifest(ExportFormat format, AuditFilter filter, Exporter by, Written written, String sha256) {
        return new Manifest(
                file.getFileName().toString(),
                format.name().toLowerCase(Locale.ROOT),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                by.name(),
                filter,
                written.rows(),
                sha256,
                written.head().toString(),
                written.problem());
    }

    private static void append(Connection connection, Manifest manifest, AuditFilter recorded, Exporter by)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        String which = recorded.isWhole() ? "all" : new ObjectMapper().writeValueAsString(recorded);
        AuditChain.append(
                connection,
                List.of(new AuditTrail.Event(
                                EventKind.AUDIT_EXPORTED,
                                recorded.recordedStudy(),
                                manifest.file(),
                                manifest.rows() + " rows as " + manifest.format() + ", " + which + ", to sha256 "
                                        + manifest.sha256()
                                        + (manifest.problem() == null
                                                ? ""
                                                : "; the trail does not fit: " + manifest.problem()))
                        .by(by.name())
                        .from(by.address())));
        connection.commit();
    }

    /**
     * Proves the file by its manifest, without a database: that it is the file that was exported, that each row matches
     * its hash, and that rows follow one another where none was left out.
     *
     * @param anchors known otherwise, beside the manifest's own; those of rows behind the export's end say nothing of it
     */
    Verification verify(Anchors anchors) throws IOException {
        Manifest manifest = manifest();
        boolean whole = manifest.filter().isWhole();
        Anchor end = Anchor.parse(manifest.anchor());
        Anchors known = anchors.upTo(end.id());
        ChainWalk walk = whole ? ChainWalk.ofWhole(known) : ChainWalk.ofSelection(known);
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Iterator<AuditRow> rows = ExportFormat.named(manifest.format()).reader(text);
            boolean fits = true;
            while (fits && rows.hasNext()) {
                fits = walk.fits(rows.next());
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return walk.broken("what comes after it cannot be read: " + e.getMessage());
        }
        Verification found = whole ? walk.end(end) : walk.end();
        if (found.intact() && found.rows() != manifest.rows()) {
            return walk.broken("the manifest knows " + manifest.rows() + " rows, and there are " + found.rows());
        }
        if (found.intact() && !sha256().equals(manifest.sha256())) {
            return walk.broken("the file is not the one that was exported, though its rows fit");
        }
        return found;
    }

    /** What stands beside the file. */
    Manifest manifest() throws IOException {
        return JSON.readValue(manifestFile().toFile(), Manifest.class);
    }

    private String sha256() throws IOException {
        return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file);
    }
}
