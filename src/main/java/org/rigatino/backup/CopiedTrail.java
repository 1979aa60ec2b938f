package org.rigatino.backup;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditRow;

/** The audit trail of a backup, read from PostgreSQL's COPY text format without a database, one row at a time in memory. */
final class CopiedTrail implements Iterator<AuditRow>, Closeable {
    static final String TABLE = "audit_event";

    private static final String NULL = "\\N";

    /** As PostgreSQL writes timestamptz by DateStyle ISO: the offset is of the session's zone, minutes only where there are some. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter();

    private final List<String> columns;
    private final BufferedReader lines;
    private String next;
    private long read;

    private CopiedTrail(Path file, List<String> columns) throws IOException {
        this.columns = columns;
        this.lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
        this.next = lines.readLine();
    }

    /** @throws BackupException where it is broken, not there, or cannot be read */
    static AuditChain.Verification prove(Path backup, Manifest manifest) throws IOException {
        Manifest.Table table = manifest.tables().stream()
                .filter(each -> each.name().equals(TABLE))
                .findFirst()
                .orElseThrow(() -> new BackupException("the backup lacks the table " + TABLE + ", the audit trail"));
        Path file = DatabaseDump.file(backup, TABLE);
        AuditChain.Verification found;
        try (CopiedTrail rows = new CopiedTrail(file, table.columns())) {
            found = AuditChain.verify(rows, manifest.anchor());
        } catch (UncheckedIOException | IllegalArgumentException | IOException e) {
            throw new BackupException("the trail of the backup cannot be read: " + file + ": " + e.getMessage());
        }
        if (!found.intact()) {
            throw new BackupException("the trail of the backup is broken: " + found.told());
        }
        if (found.rows() != table.rows()) {
            throw new BackupException(
                    file + " has " + found.rows() + " rows of the trail, and the manifest " + table.rows());
        }
        return found;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public AuditRow next() {
        try {
            read++;
            AuditRow row = row(next);
            next = lines.readLine();
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AuditRow row(String line) {
        String[] values = line.split("\t", -1);
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "line " + read + " has " + values.length + " values of " + columns.size());
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(columns.get(i), values[i].equals(NULL) ? null : unescaped(values[i]));
        }
        try {
            return row(named);
        } catch (DateTimeException | NumberFormatException | NullPointerException e) {
            throw new IllegalArgumentException("line " + read + " is no row of the trail: " + e.getMessage());
        }
    }

    private static AuditRow row(Map<String, String> named) {
        return new AuditRow(
                Long.parseLong(named.get("id")),
                time(named.get("occurred_at")),
                named.get("kind"),
                named.get("study_instance_uid"),
                named.get("subject"),
                named.get("detail"),
                named.get("actor"),
                named.get("address"),
                Integer.parseInt(named.getOrDefault("version", "1")),
                named.get("previous_hash"),
                named.get("hash"));
    }

    private static Instant time(String text) {
        return TIME.parse(text, OffsetDateTime::from).toInstant();
    }

    /** What COPY escapes: these letters, and a backslash before what stands for itself. */
    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '\\' && i + 1 < value.length()) {
                letter = escaped(value.charAt(++i));
            }
            text.append(letter);
        }
        return text.toString();
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> letter;
        };
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
