package org.rigatino.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Releases;

/** A slice that comes late is judged with those that came before it. */
@Slow
class StudyPriorityTest {
    private static DeliveryDatabase database;
    private static StudyPriority priority;
    private static ModelRelease release;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        LifeOnRecord.of(database);
        priority = database.bean(StudyPriority.class);
        release = Releases.shipped().stream()
                .filter(each -> each.file().studies() != null)
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void areasOfOneLevelMakeAVolume() {
        AgainstNormalStudies judged = judged(List.of(slice(10, "now")), List.of(slice(0, "now"), slice(5, "now")));
        assertThat(judged.millilitres()).isEqualTo(3 * 200.0 * 5 / 1000);
    }

    @Test
    void areasThatWereMarkedByOtherSettingsMakeNone() {
        List<Finding> late = List.of(slice(10, "now"));
        AgainstNormalStudies alike = judged(late, List.of(slice(0, "now"), slice(5, "now")));
        AgainstNormalStudies mixed = judged(late, List.of(slice(0, "now"), slice(5, "before")));
        assertThat(mixed.millilitres()).as("areas of two levels are not added").isNull();
        assertThat(mixed.studyScore()).isEqualTo(alike.studyScore());
        assertThat(mixed.pValue()).isEqualTo(alike.pValue());
    }

    private static AgainstNormalStudies judged(List<Finding> own, List<Finding> others) {
        Study study = new Study();
        study.studyInstanceUid = "2.25.1";
        priority.write(study, own, others);
        return study.againstNormalStudies;
    }

    /** Of 200 mm2 marked. */
    private static Finding slice(double position, String configurationDigest) {
        Finding row = new Finding();
        row.instance = new Instance();
        row.instance.seriesInstanceUid = "2.25.3";
        row.instance.sopInstanceUid = "2.25.7" + (int) position;
        row.instance.sopClassUid = "1.2.840.10008.5.1.4.1.1.4";
        row.frameNumber = 1;
        row.modelDigest = release.digest();
        row.configurationDigest = configurationDigest;
        row.score = 2.5 + position;
        row.percentile = 99;
        row.flagged = true;
        row.normalX = 0.0;
        row.normalY = 0.0;
        row.normalZ = 1.0;
        row.slicePosition = position;
        row.markedArea = 200.0;
        return row;
    }
}
