package org.rigatino.hl7.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Queries as docs/audit.md gives them to auditors. */
final class TrailQuestions {
    private TrailQuestions() {}

    /** The one query over a view. */
    static String of(String view) throws IOException {
        return Stream.of(Files.readString(Path.of("docs/audit.md")).split("```"))
                .filter(block -> block.contains("from " + view + " "))
                .findFirst()
                .orElseThrow()
                .strip()
                .replaceFirst(";$", "");
    }
}
