package org.rigatino.train;

import java.util.List;
import org.rigatino.restore.ReleaseFile;

/** What fixes a training run, beside its data. Its text is recorded in the release and in every checkpoint. */
sealed interface Recipe permits SaganRecipe {
    /** As {@code --method} and the release name it. */
    String method();

    /** Of the grid that the network sees, in cells. */
    int side();

    /** Images in an iteration. */
    int batch();

    int iterations();

    long seed();

    /** Whether training looks at the unlabeled pool. */
    boolean usesPool();

    /** What fixes the shape of the weights that the release ships. */
    ReleaseFile.Network network();

    /**
     * @param device {@code auto}, {@code cpu} or {@code gpu:N}
     * @param pool unlabeled images; looked at only where {@link #usesPool}
     */
    Trainer trainer(String device, List<TrainingImage> normals, List<TrainingImage> pool);
}
