package org.rigatino.finding;

import java.util.List;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.RestoredFrame;

/** What a release says of restored frames. */
public final class Findings {
    private Findings() {}

    public static ImageFinding of(RestoredFrame restored, ModelRelease release) {
        throw new UnsupportedOperationException();
    }

    /** Empty where no image was restored. */
    public static Optional<StudyFinding> ofStudy(List<ImageFinding> images) {
        throw new UnsupportedOperationException();
    }
}
