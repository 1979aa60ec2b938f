package org.rigatino.learn.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.rigatino.image.Frame;
import org.rigatino.restore.JoinedDrawing;
import org.rigatino.restore.JoinedDrawing.Drawn;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;
import org.rigatino.restore.Restorer;

/** A release's, as it is served: what it refuses by its pixels has no part in the slices beside it. */
final class ReleaseDrawing implements Drawing {
    private final ModelRelease release;
    private final JoinedDrawing<Integer> joined;
    private final Set<Integer> refused = new HashSet<>();

    /** @param neighbours whether one image and the one that is added after it lie side by side */
    ReleaseDrawing(Restorer restorer, BiPredicate<Integer, Integer> neighbours) {
        release = restorer.release();
        joined = new JoinedDrawing<>(
                restorer,
                (one, next) -> !refused.contains(one) && !refused.contains(next) && neighbours.test(one, next));
    }

    @Override
    public List<Drawn<Integer>> add(List<Integer> images, List<Frame> frames) {
        List<NetworkInput> inputs = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            NetworkInput input = release.input(frames.get(i));
            inputs.add(input);
            if (!release.file().eligibility().covers(input.grid().foregroundShare())
                    || release.unlike(input.normalised().values()).isPresent()) {
                refused.add(images.get(i));
            }
        }
        return joined.add(images, inputs);
    }

    @Override
    public List<Drawn<Integer>> finish() {
        return joined.finish();
    }
}
