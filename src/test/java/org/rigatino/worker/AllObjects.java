package org.rigatino.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A worker whose release departs from what is bright, with one in shadow that joins slices and has a reader besides, and of whose
 * archives one takes every kind of object.
 */
public final class AllObjects extends RunningWorker {
    @Override
    protected void writeRelease(Path models) throws IOException {
        TinyRelease.writeUniform(models);
        TinyRelease.writeUniformReader(models);
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put(
                "rigatino.deliver.destinations.other.objects",
                "secondary-capture,restored-image,segmentation,probability-map,measurement-report,presentation-state,"
                        + "triptych,multi-frame-secondary-capture,multi-frame-triptych,parametric-map,key-object-selection,assessment,"
                        + "rejection-note");
        settings.remove("rigatino.deliver.destinations.other.commitment");
        settings.put("rigatino.deliver.retry.rejections", "2");
        settings.put("rigatino.restore.shadow", "tiny/" + SHADOW);
        return settings;
    }
}
