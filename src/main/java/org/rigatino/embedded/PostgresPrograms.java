package org.rigatino.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.FileUtils;

/** PostgreSQL's programs, unpacked from the class path. */
final class PostgresPrograms {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final int EXECUTABLE = 0100;

    private PostgresPrograms() {}

    /**
     * Unpacks where that has not been done before; several processes may do so at once.
     *
     * @return the folder that holds {@code bin}, below {@code parent} and named by the archive's checksum
     */
    static Path unpack(Path parent) throws IOException {
        Path folder = parent.resolve("postgresql-" + checksum());
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, "unpacking");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished.resolve(entry.getName()));
            }
            readable(unfinished, true);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileUtils.deleteDirectory(unfinished.toFile());
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        return folder;
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        Files.createDirectories(entry.isDirectory() ? target : target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            readable(target, (entry.getMode() & EXECUTABLE) != 0);
        } else if (entry.isDirectory()) {
            readable(target, true);
        }
    }

    /** The server may run under another account than the one that unpacks. */
    private static void readable(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** Tells one version from the other. */
    private static String checksum() throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(archive(), new CRC32())) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().toHexDigits((int) in.getChecksum().getValue()) + "-" + length;
        }
    }

    private static InputStream archive() throws IOException {
        InputStream archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE);
        if (archive == null) {
            throw new IOException("no embedded PostgreSQL for this platform (" + ARCHIVE
                    + " is not on the class path): set quarkus.datasource.jdbc.url to a server's");
        }
        return new BufferedInputStream(archive);
    }
}
