package org.rigatino.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Folders whose own names are safe on disk. A name is synced by the first use of its folder in this process, not by each:
 * that it is there is no proof, since who made it may not have come to sync it. Safe for use by several threads.
 */
final class DurableFolders {
    private static final int MOST = 4096;

    private final Path root;
    private final Set<Path> durable = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    /** @param root is durable already */
    DurableFolders(Path root) {
        this.root = root;
    }

    /** Makes the folder where it is missing, and those above it up to the root. */
    void make(Path folder) throws IOException {
        if (durable.contains(folder) && Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        for (Path made = folder; !made.equals(root); made = made.getParent()) {
            sync(made.getParent());
        }
        durable.add(folder);
    }

    /** Makes the names in the folder durable. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
