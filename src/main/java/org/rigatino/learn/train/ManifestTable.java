package org.rigatino.learn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The lines of a {@code manifest.csv}: UTF-8 with or without a byte order mark, RFC 4180 but for values of several lines,
 * which a quote that nobody closed looks like.
 *
 * @param columns their names, in order
 * @param rows those that say anything
 */
record ManifestTable(Path file, List<String> columns, List<Row> rows) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> NEEDED = List.of("file", "split", "label", "mask", "patient");
    private static final Map<String, String> OTHER_SEPARATORS = Map.of(";", "semicolons", "\t", "tabs");

    /**
     * @param where file and line, for messages
     * @param line from 1 on, of the column names
     * @param values of the columns, as they stand there
     */
    record Row(String where, int line, List<String> columns, List<String> values) {
        boolean has(String column) {
            return columns.contains(column);
        }

        /** Of a column that there is. */
        String exact(String column) {
            return values.get(columns.indexOf(column));
        }

        /** Without spaces about it. */
        String value(String column) {
            return exact(column).strip();
        }
    }

    /** @throws IOException where it is no such file; the message has file and line */
    static ManifestTable read(Path file) throws IOException {
        List<String> lines = text(file).lines().toList();
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty: it needs a line of column names");
        }
        List<String> columns = columns(file, lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String where = file + " line " + (i + 1);
            List<String> values = values(where, lines.get(i));
            if (values.stream().allMatch(String::isBlank)) {
                continue;
            }
            if (values.size() != columns.size()) {
                throw new IOException(where + " has " + values.size() + (values.size() == 1 ? " field" : " fields")
                        + " instead of " + columns.size());
            }
            rows.add(new Row(where, i + 1, columns, values));
        }
        return new ManifestTable(file, columns, List.copyOf(rows));
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (decoder.decode(in, out, true).isError()) {
            long line = 1
                    + IntStream.range(0, in.position())
                            .filter(i -> bytes[i] == '\n')
                            .count();
            throw new IOException(file + " line " + line + " is not UTF-8: save it as CSV UTF-8");
        }
        String text = out.flip().toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static List<String> columns(Path file, String line) throws IOException {
        List<String> columns =
                values(file + " line 1", line).stream().map(String::strip).toList();
        for (String needed : NEEDED) {
            if (!columns.contains(needed)) {
                requireCommas(file, line);
                throw new IOException(file + " has no column " + needed + ": it needs " + String.join(", ", NEEDED));
            }
        }
        for (String column : columns) {
            if (!column.isEmpty() && columns.indexOf(column) != columns.lastIndexOf(column)) {
                throw new IOException(file + " has two columns " + column);
            }
        }
        return columns;
    }

    private static void requireCommas(Path file, String line) throws IOException {
        for (Map.Entry<String, String> other : OTHER_SEPARATORS.entrySet()) {
            List<String> names = List.of(line.split(other.getKey()));
            if (names.size() > 1 && names.containsAll(NEEDED)) {
                throw new IOException(
                        file + " is separated by " + other.getValue() + ": save it with commas between its values");
            }
        }
    }

    private static List<String> values(String where, String line) throws IOException {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            return records.isEmpty() ? List.of() : records.get(0).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(
                    where
                            + " has a quote that is not closed, or text behind a closing one: values end on their line, and"
                            + " a quote in a value is written twice",
                    e);
        }
    }
}
