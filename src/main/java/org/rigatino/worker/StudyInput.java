package org.rigatino.worker;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.pipeline.SourceFile;
import org.rigatino.pipeline.SourceStudy;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.ClaimedStudy;
import org.rigatino.study.ClaimedStudy.ReceivedInstance;

/**
 * What the pipeline reads of a claimed study, by the rows of the record.
 *
 * @param store under which files lie as received
 */
record StudyInput(Path store) {
    SourceStudy source(ClaimedStudy study) {
        return new SourceStudy(
                study.studyInstanceUid(),
                study.instances().stream().map(this::file).toList(),
                study.identifying().stream().map(store::resolve).toList(),
                new PatientIdentity.Known(study.earlierPatients(), study.decidedPatients()),
                Optional.ofNullable(study.patientDecidedAt()),
                study.again() ? Optional.of(study.revision()) : Optional.empty(),
                Optional.of(study.contentTime()));
    }

    /** Instances that an earlier revision restored, with where rules sent them. */
    List<RuledDestinations.Before> before(ClaimedStudy study) {
        return study.restoredBefore().stream()
                .map(row -> new RuledDestinations.Before(file(row.instance()), row.ruledDestinations()))
                .toList();
    }

    private SourceFile file(ReceivedInstance row) {
        return new SourceFile(
                row.id(),
                row.sopInstanceUid(),
                store.resolve(row.location()),
                Optional.of(row.sha256()),
                ShadowJudge.sender(row.callingAeTitle()));
    }

    /** What any destination receives; and the restored image of every frame, whoever asks for it: people look at both. */
    static Set<ObjectKind> kinds(Map<String, Set<ObjectKind>> asked) {
        Set<ObjectKind> kinds = EnumSet.of(ObjectKind.RESTORED_IMAGE);
        asked.values().forEach(kinds::addAll);
        return kinds;
    }
}
