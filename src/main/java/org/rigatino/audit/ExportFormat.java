package org.rigatino.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** Rows of the trail as text, from which each row can be read again exactly. */
public enum ExportFormat {
    /**
     * RFC 4180 with a header. What is absent is empty, what is there is in quotes. Since people open it in programs that
     * take =, +, - and @ for the start of a formula, a text that begins so gets an apostrophe in front.
     */
    CSV {
        @Override
        RowWriter writer(Writer out) throws IOException {
            CSVPrinter printer = new CSVPrinter(out, csv(COLUMNS));
            return row -> printer.printRecord(texts(row).map(ExportFormat::defused));
        }

        @Override
        Iterator<AuditRow> reader(Reader in) throws IOException {
            Iterator<CSVRecord> records = csv(List.of()).parse(in).iterator();
            return map(
                    records,
                    line -> row(
                            name -> line.isMapped(name) ? fused(line.get(name)) : null,
                            "line " + line.getRecordNumber()));
        }
    },

    /** One JSON object a line. */
    JSONL {
        @Override
        RowWriter writer(Writer out) {
            return row -> {
                ObjectNode object = JSON.createObjectNode();
                Iterator<String> values = texts(row).iterator();
                COLUMNS.forEach(column -> object.put(column, values.next()));
                object.put("id", row.id());
                object.put("version", row.version());
                out.write(JSON.writeValueAsString(object) + "\n");
            };
        }

        @Override
        Iterator<AuditRow> reader(Reader in) {
            Iterator<String> lines = new BufferedReader(in).lines().iterator();
            return map(lines, line -> {
                JsonNode object = parse(line);
                return row(name -> object.hasNonNull(name) ? object.get(name).asText() : null, "a line");
            });
        }
    };

    private static final List<String> COLUMNS = List.of(AuditChain.COLUMNS.split(", "));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Takes one row after the other. */
    interface RowWriter {
        void write(AuditRow row) throws IOException;
    }

    public String mediaType() {
        return this == CSV ? "text/csv; charset=utf-8; header=present" : "application/jsonl";
    }

    abstract RowWriter writer(Writer out) throws IOException;

    /** Throws {@link DateTimeException} or {@link IllegalArgumentException} at what is no row. */
    abstract Iterator<AuditRow> reader(Reader in) throws IOException;

    /** @throws IllegalArgumentException where there is none of the name */
    public static ExportFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the format is csv or jsonl, not " + name));
    }

    private static Stream<String> texts(AuditRow row) {
        return Stream.of(
                Long.toString(row.id()),
                row.occurredAt().toString(),
                row.kind(),
                row.studyInstanceUid(),
                row.subject(),
                row.detail(),
                row.actor(),
                row.address(),
                Integer.toString(row.version()),
                row.previousHash(),
                row.hash());
    }

    private static AuditRow row(Function<String, String> value, String where) {
        try {
            return new AuditRow(
                    Long.parseLong(value.apply("id")),
                    Instant.parse(value.apply("occurred_at")),
                    value.apply("kind"),
                    value.apply("study_instance_uid"),
                    value.apply("subject"),
                    value.apply("detail"),
                    value.apply("actor"),
                    value.apply("address"),
                    version(value.apply("version")),
                    value.apply("previous_hash"),
                    value.apply("hash"));
        } catch (NumberFormatException | DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException(where + " is no row of the trail", e);
        }
    }

    /** @param text absent in exports of a time before rows had one */
    private static int version(String text) {
        return text == null ? 1 : Integer.parseInt(text);
    }

    /** @param columns none for those that the first line names */
    private static CSVFormat csv(List<String> columns) {
        return CSVFormat.RFC4180
                .builder()
                .setHeader(columns.toArray(String[]::new))
                .setSkipHeaderRecord(columns.isEmpty())
                .setNullString("")
                .setQuoteMode(QuoteMode.ALL_NON_NULL)
                .get();
    }

    private static String defused(String value) {
        return value != null && value.matches("(?s)['=+\\-@\t\r].*") ? "'" + value : value;
    }

    private static String fused(String value) {
        return value != null && value.startsWith("'") ? value.substring(1) : value;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalArgumentException("a line is no JSON", e);
        }
    }

    private static <A, B> Iterator<B> map(Iterator<A> from, Function<A, B> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public B next() {
                return function.apply(from.next());
            }
        };
    }
}
