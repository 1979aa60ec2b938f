package org.rigatino.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.persistence.Instance;

/**
 * Files under their final names that no row names: the commit after the rename failed, or the process died before it, or
 * the database came back from an older backup. Each is complete and was meant for us, so it is put on record as received;
 * deleting it could lose what a sender was told is safe.
 */
final class UnrecordedFiles {
    private static final Logger LOG = Logger.getLogger(UnrecordedFiles.class);
    /** No commit takes so long. */
    private static final Duration AGE = Duration.ofHours(1);
    /** Folders in which nothing was named for longer are not looked at. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private static final Pattern NAME = Pattern.compile("([0-9.]+)\\.([0-9a-f]{64})\\.dcm");

    private final InstanceStore store;
    private final InstanceRecord record;
    private final OtherVersions otherVersions;
    private final MeterRegistry meters;

    UnrecordedFiles(InstanceStore store, InstanceRecord record, OtherVersions otherVersions, MeterRegistry meters) {
        this.otherVersions = otherVersions;
        this.store = store;
        this.record = record;
        this.meters = meters;
    }

    /** Puts on record what has been without a row for an hour. */
    void adopt(Instant now) throws IOException {
        for (Path series : store.seriesNamedInSince(now.minus(MEMORY))) {
            Map<Path, Matcher> old = old(series, now.minus(AGE));
            if (old.isEmpty()) {
                continue;
            }
            Set<String> recorded = record.locations(
                    old.values().stream().map(name -> name.group(1)).toList());
            for (Map.Entry<Path, Matcher> file : old.entrySet()) {
                if (!recorded.contains(store.location(file.getKey()))) {
                    adopt(file.getKey(), file.getValue().group(2));
                }
            }
        }
    }

    private static Map<Path, Matcher> old(Path series, Instant before) throws IOException {
        Map<Path, Matcher> old = new TreeMap<>();
        for (Path file : InstanceStore.list(series)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches() && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                old.put(file, name);
            }
        }
        return old;
    }

    private void adopt(Path file, String sha256) {
        String location = store.location(file);
        try {
            InstanceHeader header = InstanceHeader.read(file);
            Arrival arrival = Arrival.now(request(file), header, store.keptBefore(file, sha256), location);
            InstanceRecord.Result result = record.add(arrival);
            switch (result.kind()) {
                case ADDED -> {
                    record.adopted(header, location);
                    meters.counter("rigatino.instances.adopted").increment();
                    LOG.warnf("%s of the instance store was on no record: it is taken as received now", location);
                }
                case OTHER_VERSION -> otherVersions.settle(arrival, result.inForce());
                case KNOWN, KNOWN_ASIDE, GONE -> LOG.debugf("%s came onto record meanwhile", location);
            }
        } catch (IOException e) {
            LOG.errorf("%s of the instance store is on no record and cannot be: %s", location, e.getMessage());
        }
    }

    private static StoreRequest request(Path file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), 4)) {
            FileMeta meta = FileMeta.read(in);
            return new StoreRequest(
                    Instance.ADOPTED, meta.sopClassUid(), meta.sopInstanceUid(), meta.transferSyntaxUid());
        }
    }
}
