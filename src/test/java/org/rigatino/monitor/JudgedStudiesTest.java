package org.rigatino.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rigatino.Settings;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.triage.JudgedStudy;
import org.rigatino.web.ModelView;

/** What of late a release made of whole studies, on a real PostgreSQL. */
class JudgedStudiesTest {
    private static DeliveryDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(Settings.of(MonitorConfiguration.class));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** Of a window of 7 days: it was promoted yesterday. */
    @Test
    void theFirstStudyOfAReleaseIsToldSoThatADayIsADayOfItsOwn() throws Exception {
        for (int study = 0; study < 4; study++) {
            new JudgedStudy(database.dataSource(), "1.2.39." + study)
                    .judged(1, study == 0 ? "HIGH" : "LOW", 50, Duration.ofHours(24 - study));
        }
        new JudgedStudy(database.dataSource(), "1.2.39.9").judged(1, "HIGH", 50, Duration.ofDays(8));
        database.execute("update study set normal_studies = 19, beyond = 0, false_alarms = 0.05, deciding_digest = 'd',"
                + " deciding_model = 'tiny/1', p_value = case priority when 'HIGH' then 0.05 else 0.5 end");
        JudgedStudies.OfRelease release =
                database.bean(JudgedStudies.class).of("d").orElseThrow();
        assertThat(release.judged()).isEqualTo(4);
        assertThat(release.flagged()).isEqualTo(1);
        assertThat(release.since()).isCloseTo(Instant.now().minus(24, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
        assertThat(release.judging(true)).isCloseTo(Duration.ofHours(24), Duration.ofMinutes(1));
        assertThat(release.judging(false)).as("taken back since").isCloseTo(Duration.ofHours(3), Duration.ofMinutes(1));
    }

    @Test
    void aDayIsOneOfThoseOnWhichTheReleaseJudgedAndNoLessThanOne() {
        assertThat(days(Duration.ofDays(2))).isCloseTo(2, within(1e-9));
        assertThat(days(Duration.ofDays(7))).isCloseTo(7, within(1e-9));
        assertThat(days(Duration.ofHours(1))).as("so far").isEqualTo(1);
    }

    private static double days(Duration judging) {
        return new ModelView.Studies(
                        3, 40, 0.02, 0.05, "normal", 24, 24, Duration.ofDays(7).toSeconds(), judging.toSeconds())
                .days();
    }
}
