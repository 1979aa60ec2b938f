package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.image.Frame;
import org.rigatino.restore.JoinedDrawing;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;
import org.rigatino.restore.Restorer;

/** A release's, as it is served: what it refuses by its pixels has no part in the slices beside it. */
final class ReleaseDrawing implements Drawing {
    private final ModelRelease release;
    private final CohortSlices slices;
    private final JoinedDrawing<Integer> joined;

    /** @param slices that images which are added after one another are of */
    ReleaseDrawing(Restorer restorer, CohortSlices slices) {
        release = restorer.release();
        this.slices = slices;
        joined = new JoinedDrawing<>(restorer, slices::areNeighbours);
    }

    @Override
    public List<Drawn<Integer>> add(List<Integer> images, List<Frame> frames) {
        List<NetworkInput> inputs = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            NetworkInput input = release.input(frames.get(i));
            inputs.add(input);
            int image = images.get(i);
            release.refusal(input).ifPresent(refusal -> slices.refuse(image, refusal));
        }
        return joined.add(images, inputs);
    }

    @Override
    public List<Drawn<Integer>> finish() {
        return joined.finish();
    }
}
