package org.rigatino.finding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleasesInService;

/** Studies judged by the releases in service, with the false alarms that the site has set. */
@ApplicationScoped
public class StudyJudge {
    @Inject
    ReleasesInService inService;

    @Inject
    NormalStudiesInForce inForce;

    /** As {@link StudyFindings#of}; a release that is not in service counts as one without normal studies. */
    public Optional<StudyFinding> judge(List<JudgedSlice> slices, List<JudgedSlice> more) {
        return StudyFindings.of(slices, more, digest -> release(digest).flatMap(inForce::of));
    }

    /** NAME/VERSION of a release; empty where it is not in service. */
    public Optional<String> model(String digest) {
        return release(digest).map(release -> release.name() + "/" + release.version());
    }

    private Optional<ModelRelease> release(String digest) {
        try {
            return inService.find(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("releases cannot be read: " + e.getMessage(), e);
        }
    }
}
