package org.rigatino.learn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The files of a manifest that are used, by their bytes: held against their digests, and against all others that the manifest
 * names and that are there. Of those only the ones are read that are as long as one that is used, whatever digest is
 * recorded of them; without a digest, of those that are used too.
 */
final class SameBytes {
    private final Manifest manifest;
    private final Set<Manifest.Entry> used;
    private final Map<Long, Integer> lengths = new HashMap<>();
    private final Map<String, List<Manifest.Entry>> byDigest = new HashMap<>();
    private final List<Manifest.Entry> changed = new ArrayList<>();
    private final Copies acrossSplits = new Copies();
    private final Copies withinSplit = new Copies();

    /** How many files are copies of an earlier one, and the first of them. */
    private static final class Copies {
        private int count;
        private String first;

        private void add(Manifest.Entry copy, Manifest.Entry earlier) {
            first = count++ == 0 ? "line " + copy.line() + " as line " + earlier.line() + " for one" : first;
        }
    }

    private SameBytes(Manifest manifest, Collection<Manifest.Entry> used) {
        this.manifest = manifest;
        this.used = Set.copyOf(used);
    }

    /**
     * A sentence for each way in which images count twice.
     *
     * @throws IOException where a file that is used is not the one that the manifest has the digest of
     */
    static List<String> of(Manifest manifest, Collection<Manifest.Entry> used) throws IOException {
        SameBytes same = new SameBytes(manifest, used);
        same.read();
        return same.sentences();
    }

    private void read() throws IOException {
        List<Manifest.Entry> there = manifest.entries().stream()
                .filter(entry -> Files.isRegularFile(file(entry)))
                .toList();
        Set<Long> usedLengths = new HashSet<>();
        for (Manifest.Entry entry : there) {
            long length = Files.size(file(entry));
            lengths.merge(length, 1, Integer::sum);
            if (used.contains(entry)) {
                usedLengths.add(length);
            }
        }
        for (Manifest.Entry entry : there) {
            long length = Files.size(file(entry));
            boolean alone = lengths.get(length) == 1;
            if (usedLengths.contains(length) && (!alone || entry.sha256().isPresent())) {
                read(entry);
            }
        }
        if (!changed.isEmpty()) {
            int more = changed.size() - 1;
            throw new IOException(manifest.where(changed.get(0)) + ": the sha256 there is not that of "
                    + changed.get(0).file() + " as it is now"
                    + (more == 0 ? "" : ", nor are those of " + files(more) + " more that of theirs")
                    + ": have the files as they were written, or write their digests anew");
        }
    }

    private Path file(Manifest.Entry entry) {
        return manifest.directory().resolve(entry.file());
    }

    private void read(Manifest.Entry entry) throws IOException {
        String digest = DigestUtils.sha256Hex(Files.readAllBytes(file(entry)));
        if (used.contains(entry) && !entry.sha256().orElse(digest).equalsIgnoreCase(digest)) {
            changed.add(entry);
        }
        List<Manifest.Entry> same = byDigest.computeIfAbsent(digest, absent -> new ArrayList<>());
        List<Manifest.Entry> earlier = same.stream()
                .filter(other -> used.contains(entry) || used.contains(other))
                .toList();
        Optional<Manifest.Entry> elsewhere = earlier.stream()
                .filter(other -> !other.split().equals(entry.split()))
                .findFirst();
        if (elsewhere.isPresent()) {
            acrossSplits.add(entry, elsewhere.get());
        } else if (!earlier.isEmpty()) {
            withinSplit.add(entry, earlier.get(0));
        }
        same.add(entry);
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (acrossSplits.count > 0) {
            sentences.add(have(acrossSplits) + " the same bytes as a file of another split, " + acrossSplits.first
                    + ": what is measured on them may have been learnt");
        }
        if (withinSplit.count > 0) {
            sentences.add(have(withinSplit) + " the same bytes as another of "
                    + (withinSplit.count == 1 ? "its" : "their") + " split, " + withinSplit.first + ": "
                    + (withinSplit.count == 1 ? "it counts" : "they count") + " twice");
        }
        return sentences;
    }

    private static String have(Copies copies) {
        return files(copies.count) + " of " + Manifest.FILE + (copies.count == 1 ? " has" : " have");
    }

    private static String files(int count) {
        return count + (count == 1 ? " file" : " files");
    }
}
