package org.rigatino.learn.train;

import java.io.IOException;
import java.util.List;
import org.rigatino.restore.Networks;
import org.rigatino.restore.ReleaseFile;

/** What fixes a training run, beside its data. Its text is recorded in the release and in every checkpoint. */
sealed interface Recipe permits SaganRecipe, ProxyAnoRecipe, AutoencoderRecipe, ReaderRecipe {
    /** As {@code --method} and the release name it. */
    String method();

    /** Of the grid that the network sees, in cells. */
    int side();

    int iterations();

    long seed();

    /** Whether training looks at the unlabeled pool. */
    boolean usesPool();

    /** What fixes the shape of the weights that the release ships. */
    ReleaseFile.Network network();

    /** @throws IllegalArgumentException where there is no such network on such a grid */
    default void requireNetwork() {
        Networks.require(method(), network(), side());
    }

    /**
     * @param device {@code auto}, {@code cpu} or {@code gpu:N}
     * @param pool unlabeled images; looked at only where {@link #usesPool}
     */
    Trainer trainer(String device, List<TrainingImage> normals, List<TrainingImage> pool);

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("training recipe: " + rule);
        }
    }

    static void requireNormals(List<TrainingImage> normals) {
        if (normals.isEmpty()) {
            throw new IllegalArgumentException("there are no normal images to learn from");
        }
    }

    /** A learning rate that falls from {@code first} to 0 along half a cosine. */
    default double falling(double first, int iteration) {
        return first * 0.5 * (1 + Math.cos(Math.PI * iteration / iterations()));
    }

    /** @throws IOException where a checkpoint's recipe is another one */
    default void requireSame(String saved) throws IOException {
        if (!saved.equals(toString())) {
            throw new IOException("the checkpoint is of " + saved + " but this run is of " + this
                    + ": give the same options, or start anew without --resume");
        }
    }
}
