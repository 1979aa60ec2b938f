package org.rigatino.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.StageException;
import org.rigatino.study.ClaimedStudy;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;

/** Whether files as received are still there: a study that is finished is judged again from all of them or not at all. */
final class KeptFiles {
    private KeptFiles() {}

    /**
     * A file that cannot be read is no file that is not there, nor is one of a store that is not there itself.
     *
     * @throws StageException at FILES, where any is known not to be there
     */
    static void require(ClaimedStudy study, Path store) throws StageException {
        List<ReceivedInstance> gone = study.instances().stream()
                .filter(instance -> Files.notExists(store.resolve(instance.location())))
                .toList();
        if (!gone.isEmpty() && Files.isDirectory(store)) {
            throw new StageException(
                    StudyStage.FILES,
                    "files are no longer kept: " + gone.size() + " of "
                            + study.instances().size()
                            + " of the study are not below rigatino.ingest.store, the first of instance "
                            + gone.get(0).sopInstanceUid()
                            + "; put them back from a backup and choose the study once more, or leave it as it is",
                    null);
        }
    }
}
