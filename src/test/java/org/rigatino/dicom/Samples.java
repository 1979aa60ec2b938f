package org.rigatino.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The DICOM files under {@code ../shared/data/dicom}, and what is made of them in tests. */
final class Samples {
    static final Path FOLDER = Path.of("../shared/data/dicom");

    private Samples() {}

    static List<Path> all() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), FOLDER + " is absent");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
        }
    }

    /** Files that can be sent as they are: complete File Meta Information, and a storage SOP class. */
    static List<Path> sendable() throws IOException {
        return all().stream().filter(Samples::isSendable).toList();
    }

    private static boolean isSendable(Path file) {
        try {
            return SopClass.isStorage(FileMeta.read(file).sopClassUid());
        } catch (DicomException e) {
            return false;
        }
    }

    static Path file(String name) {
        Path file = FOLDER.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), file + " is absent");
        return file;
    }

    /** The bytes after File Meta Information. */
    static byte[] dataset(Path file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(Files.newInputStream(file)), 4)) {
            FileMeta.read(in);
            return in.readAllBytes();
        }
    }
}
