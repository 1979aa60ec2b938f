package org.rigatino.restore;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PyTorch's shared libraries, as they lie in a folder: unpacked there by DJL, or put there by whoever keeps the machine. */
final class NativeLibraries {
    static final String OWN_FOLDER = "PYTORCH_LIBRARY_PATH";

    private static final int ELF_HEADER = 64;

    /** Folders in which DJL unpacks before it gives them their name; one of a process that was killed stays, and is not loaded. */
    private static final String BEING_UNPACKED = "tmp";

    private NativeLibraries() {}

    /**
     * Of the own folder, or of all that DJL unpacked: the loader ends the process where it maps a file that ends too soon.
     *
     * @throws IllegalStateException where one does
     */
    static void requireWhole() {
        try {
            for (Path library : libraries(folder())) {
                if (endsTooSoon(library)) {
                    throw new IllegalStateException(library + " ends too soon");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + e.getMessage(), e);
        }
    }

    private static Optional<Path> own() {
        return Optional.ofNullable(Utils.getEnvOrSystemProperty(OWN_FOLDER)).map(Path::of);
    }

    private static Path folder() {
        return own().orElseGet(() -> Utils.getEngineCacheDir("pytorch"));
    }

    private static List<Path> libraries(Path folder) throws IOException {
        List<Path> libraries = new ArrayList<>();
        for (Path file : list(folder)) {
            if (Files.isDirectory(file) && !file.getFileName().toString().startsWith(BEING_UNPACKED)) {
                libraries.addAll(list(file));
            } else {
                libraries.add(file);
            }
        }
        libraries.removeIf(file -> !file.getFileName().toString().matches(".*\\.so[.\\d]*"));
        Collections.sort(libraries);
        return libraries;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** Of a file of ELF for 64 bits, little-endian, whose table of sections comes last; of no other, nor of one that is gone. */
    static boolean endsTooSoon(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(ELF_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel in = FileChannel.open(file)) {
            if (in.read(header, 0) < ELF_HEADER || header.getInt(0) != 0x464c457f || header.getShort(4) != 0x0102) {
                return false;
            }
            long sections = header.getLong(0x28);
            int each = Short.toUnsignedInt(header.getShort(0x3a));
            int count = Short.toUnsignedInt(header.getShort(0x3c));
            return in.size() < sections + (long) each * count;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** @param cause of DJL, of the loader or of {@link #requireWhole} */
    static IllegalStateException notLoaded(Throwable cause) {
        Throwable first = cause;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String why = first.getMessage() == null
                ? first.getClass().getSimpleName()
                : first.getMessage().lines().findFirst().orElse("");
        return new IllegalStateException(
                "PyTorch does not load: " + why + ". Its libraries lie in " + folder()
                        + (own().isPresent()
                                ? ": put PyTorch's own there, of the version that deploy/Containerfile.gpu names, or unset "
                                        + OWN_FOLDER
                                : ": delete that folder, from which nothing is lost, and it is unpacked anew at the next start"),
                cause);
    }
}
