package org.rigatino.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Releases, each opened when it is first needed and warm from then on. Safe for use by several threads. */
public final class WarmModels implements AutoCloseable {
    /** Opened under its own lock: whoever needs another release does not wait. */
    private static final class Warm {
        private Restorer restorer;
        private boolean closed;

        synchronized Restorer open(ModelRelease release, String device, int batch) {
            if (closed) {
                throw Opened.closed(release);
            }
            if (restorer == null) {
                restorer = Restorer.open(release, device, batch);
            }
            return restorer;
        }

        synchronized void close() {
            closed = true;
            if (restorer != null) {
                restorer.close();
                restorer = null;
            }
        }
    }

    /** By digest; once closed for good. */
    private static final class Opened {
        private final Map<String, Warm> restorers = new HashMap<>();
        private boolean closed;

        synchronized Warm of(ModelRelease release) {
            if (closed) {
                throw closed(release);
            }
            return restorers.computeIfAbsent(release.digest(), digest -> new Warm());
        }

        synchronized List<Warm> close() {
            closed = true;
            return List.copyOf(restorers.values());
        }

        private static RestorerException closed(ModelRelease release) {
            return new RestorerException("model release " + release.model() + " is closed", null);
        }
    }

    private final ModelReleases releases;
    private final String device;
    private final int batch;
    private final Opened opened;

    /** @param device and {@code batch} as {@link Restorer#open} takes them */
    public WarmModels(ModelReleases releases, String device, int batch) {
        this(releases, device, batch, new Opened());
    }

    private WarmModels(ModelReleases releases, String device, int batch, Opened opened) {
        this.releases = releases;
        this.device = device;
        this.batch = batch;
        this.opened = opened;
    }

    /** Other releases, over the same warm ones. */
    public WarmModels of(ModelReleases others) {
        return new WarmModels(others, device, batch, opened);
    }

    public ModelReleases releases() {
        return releases;
    }

    /** @throws RestorerException where it does not open, or these or those that they are over are closed */
    public Restorer restorer(ModelRelease release) {
        return opened.of(release).open(release, device, batch);
    }

    /** For good, also those over the same warm ones. */
    @Override
    public void close() {
        opened.close().forEach(Warm::close);
    }
}
