package org.rigatino.learn.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.image.Frame;
import org.rigatino.learn.train.PrincipalComponents;

/**
 * Whether an image looks rather like the unlabeled pool than like {@code train_normal}: logistic regression on whitened
 * principal components of both. The floor for whatever sees the pool.
 */
final class PoolLogistic {
    static final String NAME = "pool-logistic";
    static final int COMPONENTS = 32;

    private PoolLogistic() {}

    static Scores scores(Cohort cohort, List<float[]> normals, List<float[]> pool, Treatment treatment)
            throws IOException {
        List<float[]> rows = new ArrayList<>(normals);
        rows.addAll(pool);
        boolean[] ofPool = new boolean[rows.size()];
        for (int i = normals.size(); i < ofPool.length; i++) {
            ofPool[i] = true;
        }
        PrincipalComponents components = PrincipalComponents.of(rows, COMPONENTS);
        LogisticRegression regression =
                LogisticRegression.fit(rows.stream().map(components::whitened).toList(), ofPool);
        float[] values = new float[cohort.size()];
        for (int image = 0; image < values.length; image++) {
            Frame frame = cohort.frame(image);
            float[] seen = treatment.values(frame, treatment.gridOf(frame));
            values[image] = (float) regression.score(components.whitened(seen));
        }
        return Scores.of(NAME, values);
    }
}
