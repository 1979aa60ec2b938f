package org.rigatino.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** What a release's files are held to: the hash of each, as {@code sha256sum} writes them, and the hash of those. */
final class Seal {
    private Seal() {}

    /**
     * SHA-256 in hex of the recorded hashes.
     *
     * @throws IOException where a file is absent or does not match its recorded hash
     */
    static String digest(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no model release " + directory + ": no such folder");
        }
        String recorded = Files.readString(required(directory, ModelRelease.SUMS_FILE));
        if (!recorded.equals(sums(directory))) {
            throw new IOException("the files of model release " + directory + " do not match " + ModelRelease.SUMS_FILE
                    + " there: run sha256sum -c to see which changed, and restore the release as it was published");
        }
        return DigestUtils.sha256Hex(recorded);
    }

    /** A line for each file. */
    static String sums(Path directory) throws IOException {
        List<String> names =
                new ArrayList<>(List.of(weights(directory), ModelRelease.RELEASE_FILE, ModelRelease.SPREAD_FILE));
        for (String name : List.of(ModelRelease.CRITIC_FILE, ModelRelease.READER_FILE, ModelRelease.LIKENESS_FILE)) {
            if (Files.exists(directory.resolve(name))) {
                names.add(name);
            }
        }
        StringBuilder sums = new StringBuilder();
        for (String name : names) {
            sums.append(sha256(required(directory, name)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        return sums.toString();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(bytes);
        }
    }

    private static String weights(Path directory) throws IOException {
        boolean params = Files.isRegularFile(directory.resolve(ModelRelease.WEIGHTS_FILE));
        boolean script = Files.isRegularFile(directory.resolve(ModelRelease.SCRIPT_FILE));
        if (params == script) {
            throw new IOException("model release " + directory + " has " + (params ? "both " : "neither ")
                    + ModelRelease.WEIGHTS_FILE + (params ? " and " : " nor ") + ModelRelease.SCRIPT_FILE
                    + ": it has the one that its method needs");
        }
        return params ? ModelRelease.WEIGHTS_FILE : ModelRelease.SCRIPT_FILE;
    }

    private static Path required(Path directory, String name) throws IOException {
        Path path = directory.resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new IOException("model release " + directory + " has no " + name);
        }
        return path;
    }
}
