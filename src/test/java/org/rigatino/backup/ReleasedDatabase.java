package org.rigatino.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * What a released version left behind, under {@code src/test/resources/releases}: a backup that it made itself, of which the
 * files were taken away first and the tables are unpacked; and the checksums that its migrations had.
 */
record ReleasedDatabase(Path folder) {
    static final Path RELEASES = Path.of("src/test/resources/releases");

    static List<ReleasedDatabase> all() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASES)) {
            return folders.sorted().map(ReleasedDatabase::new).toList();
        }
    }

    /** As {@code restore-backup} reads it. */
    Path pack(Path backup) throws IOException {
        Files.createDirectories(backup.resolve(DatabaseDump.FOLDER));
        Manifest unpacked = Manifest.read(folder);
        List<Manifest.Table> tables = new ArrayList<>();
        for (Manifest.Table table : unpacked.tables()) {
            Path packed = DatabaseDump.file(backup, table.name());
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                Files.copy(rows(table), out);
            }
            tables.add(new Manifest.Table(table.name(), table.columns(), table.rows(), Copies.digest(packed)));
        }
        for (String name : unpacked.files().keySet()) {
            Files.copy(folder.resolve(name + ".sha256"), backup.resolve(name + ".sha256"));
        }
        new Manifest(
                        unpacked.format(),
                        unpacked.madeAt(),
                        unpacked.schema(),
                        unpacked.anchor(),
                        tables,
                        unpacked.sequences(),
                        unpacked.auditMonths(),
                        unpacked.files(),
                        unpacked.missing())
                .write(backup);
        return backup;
    }

    private Path rows(Manifest.Table table) {
        return folder.resolve(DatabaseDump.FOLDER).resolve(table.name() + ".copy");
    }

    /** Of each row of a table, these columns, separated by blanks; empty where NULL. */
    List<String> values(String name, String... columns) throws IOException {
        Manifest.Table table = Manifest.read(folder).tables().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Files.readAllLines(rows(table)).stream()
                .map(row -> {
                    String[] values = row.split("\t", -1);
                    return Stream.of(columns)
                            .map(column -> values[table.columns().indexOf(column)].replace("\\N", ""))
                            .reduce((left, right) -> left + " " + right)
                            .orElseThrow();
                })
                .toList();
    }

    /** As in {@code study.revision}. */
    List<String> columns() throws IOException {
        return Manifest.read(folder).tables().stream()
                .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column))
                .toList();
    }

    /** Version and checksum, separated by a tab. */
    List<String> migrations() throws IOException {
        return Files.readAllLines(folder.resolve("migrations.tsv"));
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
