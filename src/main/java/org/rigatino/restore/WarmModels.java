package org.rigatino.restore;

import java.util.HashMap;
import java.util.Map;

/** Releases, each opened when it is first needed and warm from then on. Safe for use by several threads. */
public final class WarmModels implements AutoCloseable {
    private final ModelReleases releases;
    private final String device;
    private final int batch;
    private final Map<String, Restorer> restorers = new HashMap<>();

    /** @param device and {@code batch} as {@link Restorer#open} takes them */
    public WarmModels(ModelReleases releases, String device, int batch) {
        this.releases = releases;
        this.device = device;
        this.batch = batch;
    }

    public ModelReleases releases() {
        return releases;
    }

    /** Opens all of them, so that none is waited for later. */
    public void openAll() {
        releases.all().forEach(this::restorer);
    }

    public synchronized Restorer restorer(ModelRelease release) {
        return restorers.computeIfAbsent(release.digest(), digest -> Restorer.open(release, device, batch));
    }

    @Override
    public synchronized void close() {
        restorers.values().forEach(Restorer::close);
        restorers.clear();
    }
}
