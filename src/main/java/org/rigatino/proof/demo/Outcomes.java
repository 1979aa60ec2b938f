package org.rigatino.proof.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows the studies that were sent, over REST, until each has its outcome. */
final class Outcomes {
    private final ServeProcess rigatino;
    private final DicomFiles files;
    private final Consumer<String> progress;
    private final Map<String, StudyOutcome> seen = new HashMap<>();

    Outcomes(ServeProcess rigatino, DicomFiles files, Consumer<String> progress) {
        this.rigatino = rigatino;
        this.files = files;
        this.progress = progress;
    }

    /** @throws IOException where one has none within the limit; the others are known all the same */
    void await(Duration limit) throws IOException {
        rigatino.process().until("done with every study", limit, () -> {
            boolean all = true;
            for (String study : files.studies()) {
                all &= hasEnded(study);
            }
            return all;
        });
    }

    private boolean hasEnded(String study) throws IOException {
        StudyOutcome before = seen.get(study);
        if (before != null && before.hasEnded()) {
            return true;
        }
        if (rigatino.apiStatus("/studies/" + study) == 404) {
            return false;
        }
        StudyOutcome now = StudyOutcome.of(rigatino.api("/studies/" + study + "?size=10000"));
        if (before == null || !before.state().equals(now.state())) {
            progress.accept(files.label(study) + " is " + now.state());
        }
        seen.put(study, now);
        return now.hasEnded();
    }

    /** Empty where no outcome was recorded. */
    Optional<StudyOutcome> of(String study) {
        return Optional.ofNullable(seen.get(study)).filter(StudyOutcome::hasEnded);
    }
}
