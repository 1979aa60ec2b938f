package org.rigatino.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Anchors by row. */
final class Anchors {
    static final Anchors NONE = new Anchors(new TreeMap<>());

    private static final Pattern TEXT = Pattern.compile(Anchor.WORD + " (\\d{1,18}) ([0-9a-f]{64})");

    private final NavigableMap<Long, String> hashes;

    private Anchors(NavigableMap<Long, String> hashes) {
        this.hashes = hashes;
    }

    /**
     * Wherever they stand in files of text: logs, manifests of exports, what a syslog receiver wrote.
     *
     * @throws IOException where a file cannot be read or holds none, or two of them contradict one another
     */
    static Anchors read(Iterable<Path> files) throws IOException {
        NavigableMap<Long, String> hashes = new TreeMap<>();
        for (Path file : files) {
            if (read(file, hashes) == 0) {
                throw new IOException(file + " holds no anchor, which is a text like " + new Anchor(1, "HASH"));
            }
        }
        return new Anchors(hashes);
    }

    private static int read(Path file, Map<Long, String> hashes) throws IOException {
        int found = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                for (Matcher anchor = TEXT.matcher(line); anchor.find(); found++) {
                    long id = Long.parseLong(anchor.group(1));
                    String other = hashes.putIfAbsent(id, anchor.group(2));
                    if (other != null && !other.equals(anchor.group(2))) {
                        throw new IOException(file + " contradicts another anchor of row " + id);
                    }
                }
            }
        }
        return found;
    }

    /** Those of rows up to this one. */
    Anchors upTo(long id) {
        return new Anchors(hashes.headMap(id, true));
    }

    int count() {
        return hashes.size();
    }

    /** Whether the row is the one that was known outside; true where no anchor knows it. */
    boolean fits(long id, String hash) {
        return hash.equals(hashes.getOrDefault(id, hash));
    }

    /** The last row before that an anchor knows, 0 where there is none. */
    long lastBefore(long id) {
        Long before = hashes.lowerKey(id);
        return before == null ? 0 : before;
    }

    /** The last row that any of them knows, 0 where there is none. */
    long last() {
        return hashes.isEmpty() ? 0 : hashes.lastKey();
    }
}
