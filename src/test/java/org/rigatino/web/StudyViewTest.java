package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyStage;
import org.rigatino.persistence.StudyState;

class StudyViewTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private static Study refused(String rule) {
        Study study = new Study();
        study.studyInstanceUid = "2.25.1";
        study.revision = 1;
        study.firstReceivedAt = NOW;
        study.lastReceivedAt = NOW;
        study.become(StudyState.READY, NOW);
        study.refuse(rule, NOW);
        return study;
    }

    @Test
    void theWayOnOfWhatWasRefusedBeginsWithItsFilesWhereRetentionDeletedThem() {
        Study study = refused("modality");
        assertThat(wayOn(study)).startsWith("with another release").contains("/api/studies/2.25.1/judge-anew");
        study.instancesDeletedAt = NOW;
        assertThat(wayOn(study)).contains("sent again, then POST /api/studies/2.25.1/judge-anew");
    }

    @Test
    void theSameOfWhatWasRefusedForItsPatient() {
        Study study = refused(Study.PATIENT_IDENTITY);
        assertThat(wayOn(study)).startsWith("say who the patient is");
        study.instancesDeletedAt = NOW;
        assertThat(wayOn(study))
                .contains("sent again, then say who the patient is: POST /api/studies/2.25.1/patient")
                .doesNotContain("judge-anew");
    }

    @Test
    void whoThePatientIsIsSaidBeforeWhatFailedForItIsReplayed() {
        Study study = new Study();
        study.studyInstanceUid = "2.25.1";
        study.become(StudyState.READY, NOW);
        study.fail(StudyStage.DELIVER, "patient-identity", NOW);
        assertThat(wayOn(study)).startsWith("mend the cause");
        study.patient = Study.MIXED;
        assertThat(wayOn(study)).startsWith("say who the patient is").contains("then POST /api/studies/2.25.1/replay");
    }

    private static String wayOn(Study study) {
        return StudyView.of(study, null, null, List.of()).wayOn();
    }
}
