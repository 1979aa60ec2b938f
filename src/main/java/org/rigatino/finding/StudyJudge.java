package org.rigatino.finding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleasesAtHand;

/** Studies judged by the releases here, serving or in shadow, with the false alarms that the site has set. */
@ApplicationScoped
public class StudyJudge {
    @Inject
    ReleasesAtHand atHand;

    @Inject
    NormalStudiesInForce inForce;

    /** As {@link StudyFindings#of}; a release that is not here counts as one without normal studies. */
    public Optional<StudyFinding> judge(List<JudgedSlice> slices, List<JudgedSlice> more) {
        return StudyFindings.of(slices, more, digest -> release(digest).flatMap(inForce::of));
    }

    /** NAME/VERSION of a release; empty where it is not here. */
    public Optional<String> model(String digest) {
        return release(digest).map(release -> release.name() + "/" + release.version());
    }

    private Optional<ModelRelease> release(String digest) {
        try {
            return atHand.find(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("releases cannot be read: " + e.getMessage(), e);
        }
    }
}
