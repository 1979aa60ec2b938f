package org.rigatino.restore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Releases, each opened when it is first needed and warm from then on. Safe for use by several threads. */
public final class WarmModels implements AutoCloseable {
    /** Opened under its own lock: whoever needs another release does not wait. */
    private static final class Warm {
        private Restorer restorer;

        synchronized Restorer open(ModelRelease release, String device, int batch) {
            if (restorer == null) {
                restorer = Restorer.open(release, device, batch);
            }
            return restorer;
        }

        synchronized void close() {
            if (restorer != null) {
                restorer.close();
                restorer = null;
            }
        }
    }

    private final ModelReleases releases;
    private final String device;
    private final int batch;
    private final Map<String, Warm> restorers;

    /** @param device and {@code batch} as {@link Restorer#open} takes them */
    public WarmModels(ModelReleases releases, String device, int batch) {
        this(releases, device, batch, new ConcurrentHashMap<>());
    }

    private WarmModels(ModelReleases releases, String device, int batch, Map<String, Warm> restorers) {
        this.releases = releases;
        this.device = device;
        this.batch = batch;
        this.restorers = restorers;
    }

    /** Other releases, over the same warm ones. */
    public WarmModels of(ModelReleases others) {
        return new WarmModels(others, device, batch, restorers);
    }

    public ModelReleases releases() {
        return releases;
    }

    public Restorer restorer(ModelRelease release) {
        return restorers.computeIfAbsent(release.digest(), digest -> new Warm()).open(release, device, batch);
    }

    @Override
    public void close() {
        restorers.values().forEach(Warm::close);
        restorers.clear();
    }
}
