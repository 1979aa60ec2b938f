package org.rigatino.ingest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What this listener has stored of one study since an archive was asked for it, known before or not. Counts until it is
 * closed. Safe for use by several threads.
 */
public final class Arrivals implements AutoCloseable {
    private final String studyInstanceUid;
    private final long lastRow;
    private final Consumer<Arrivals> end;
    private final AtomicLong stores = new AtomicLong();
    private final Set<String> instances = ConcurrentHashMap.newKeySet();
    private final Set<String> aside = ConcurrentHashMap.newKeySet();

    /** @param lastRow highest id of the study's rows of instances by then */
    Arrivals(String studyInstanceUid, long lastRow, Consumer<Arrivals> end) {
        this.studyInstanceUid = studyInstanceUid;
        this.lastRow = lastRow;
        this.end = end;
    }

    String studyInstanceUid() {
        return studyInstanceUid;
    }

    long lastRow() {
        return lastRow;
    }

    /** @param asOther whether it is kept beside the version that is worked on */
    void add(String sopInstanceUid, boolean asOther) {
        instances.add(sopInstanceUid);
        if (asOther) {
            aside.add(sopInstanceUid);
        }
        stores.incrementAndGet();
    }

    /** C-STOREs, the same instance any number of times. */
    long stores() {
        return stores.get();
    }

    /** SOP Instance UIDs. */
    Set<String> instances() {
        return Set.copyOf(instances);
    }

    /** Of these, what came as another version than the one that is worked on. */
    Set<String> aside() {
        return Set.copyOf(aside);
    }

    @Override
    public void close() {
        end.accept(this);
    }
}
