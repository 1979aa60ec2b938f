package org.rigatino.learn.evaluate;

import java.util.Locale;
import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;
import org.rigatino.learn.train.DataFolder;
import org.rigatino.learn.train.ImageLoader;
import org.rigatino.learn.train.ReleaseProfile;
import org.rigatino.restore.Eligibility;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.ReleaseFile;
import org.rigatino.restore.Scoring;

/** What is done to images before and after restoration, so that baselines get no other than the model beside them. */
record Treatment(ReleaseFile.Grid grid, Normalisation normalisation, Scoring scoring, Eligibility eligibility) {
    static Treatment of(ModelRelease release) {
        ReleaseFile file = release.file();
        return new Treatment(file.grid(), file.normalisation(), file.scoring(), file.eligibility());
    }

    static Treatment of(ReleaseProfile profile, int size) {
        return new Treatment(
                new ReleaseFile.Grid(profile.framing(), size),
                profile.normalisation(),
                profile.scoring(),
                profile.eligibility());
    }

    /** Its numbers, by the names that they have in a profile. */
    String text() {
        return String.format(
                Locale.ROOT,
                "framing %s; normalisation by %s, low %s, high %s, threshold %s; scoring by %s, smoothing %s, topShare %s,"
                        + " bilateral %s, ownLevel %s, coarse %s, bilateralLimit %s, levelClip %s, acrossSlices %s",
                grid.framing(),
                normalisation.statistics(),
                normalisation.low(),
                normalisation.high(),
                normalisation.threshold(),
                scoring.sign(),
                scoring.smoothing(),
                scoring.topShare(),
                scoring.bilateral(),
                scoring.ownLevel(),
                scoring.coarse(),
                scoring.bilateralLimit(),
                scoring.levelClip(),
                scoring.acrossSlices());
    }

    /** The same on a grid of at most this side. */
    Treatment upTo(int size) {
        return new Treatment(
                new ReleaseFile.Grid(grid.framing(), Math.min(grid.size(), size)), normalisation, scoring, eligibility);
    }

    ModelGrid gridOf(Frame frame) {
        return ModelGrid.of(frame, grid.framing(), grid.size());
    }

    /** size*size, as a network would see the frame. */
    float[] values(Frame frame, ModelGrid modelGrid) {
        return normalised(frame, modelGrid).values();
    }

    Normalisation.Normalised normalised(Frame frame, ModelGrid modelGrid) {
        return normalisation.apply(modelGrid.toGrid(frame.values()), modelGrid.noise());
    }

    /** What a release that is so treated would learn from. */
    DataFolder learnable(Cohort cohort) {
        return new DataFolder(cohort.directory(), new ImageLoader(grid, normalisation), eligibility, "");
    }
}
