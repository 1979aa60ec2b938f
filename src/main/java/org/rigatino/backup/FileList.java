package org.rigatino.backup;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files with their digests, a line each, as {@code sha256sum --check} reads them. A list of millions is never in memory.
 */
final class FileList {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\P{Cntrl}+)");

    private FileList() {}

    /** What is done with each file. */
    @FunctionalInterface
    interface Visitor {
        void visit(String sha256, String location) throws IOException;
    }

    /** Writes a list. */
    static final class Writer implements Closeable {
        private final BufferedWriter out;
        private long count;

        Writer(Path list) throws IOException {
            out = Files.newBufferedWriter(list);
        }

        void add(String sha256, String location) throws IOException {
            String line = sha256 + "  " + location;
            if (!LINE.matcher(line).matches()) {
                throw new BackupException("a file whose name holds control characters cannot be listed");
            }
            out.write(line);
            out.write('\n');
            count++;
        }

        long count() {
            return count;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /**
     * @param root that each location has to stay below: a list may come from anywhere
     * @return how many there are
     */
    static long each(Path list, Path root, Visitor visitor) throws IOException {
        Path normal = root.toAbsolutePath().normalize();
        long count = 0;
        try (BufferedReader lines = Files.newBufferedReader(list)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher entry = LINE.matcher(line);
                if (!entry.matches()
                        || !normal.resolve(entry.group(2)).normalize().startsWith(normal)
                        || !normal.resolve(entry.group(2)).normalize().equals(normal.resolve(entry.group(2)))) {
                    throw new BackupException(
                            list.getFileName() + " line " + (count + 1) + " is no digest and place of a file");
                }
                visitor.visit(entry.group(1), entry.group(2));
                count++;
            }
        }
        return count;
    }
}
