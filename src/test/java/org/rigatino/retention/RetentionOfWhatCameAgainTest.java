package org.rigatino.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.ingest.InstanceFile;
import org.rigatino.ingest.ReceptionOnRecord;
import org.rigatino.study.LifeOnRecord;

/** Retention after thirty days, and what comes again then, on a real PostgreSQL and on disk. */
@Slow
class RetentionOfWhatCameAgainTest {
    private static final Duration AGE = Duration.ofDays(30);

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static ReceptionOnRecord reception;
    private static RetentionRecord retention;
    private static Path store;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        LifeOnRecord.of(database);
        store = Files.createDirectory(folder.resolve("instances"));
        reception = new ReceptionOnRecord(database, store);
        retention = database.bean(RetentionRecord.class);
    }

    @AfterAll
    static void stop() throws Exception {
        reception.close();
        database.close();
    }

    /** A study of two instances that ended 31 days ago. */
    private static List<InstanceFile> received(String study) throws Exception {
        List<InstanceFile> files =
                List.of(InstanceFile.write(folder, study, "1", "a"), InstanceFile.write(folder, study, "2", "a"));
        for (InstanceFile file : files) {
            assertThat(reception.store(file)).isEqualTo(StoreStatus.SUCCESS);
        }
        database.execute("update study set state = 'CONFIRMED', ended_at = now() - interval '31 days',"
                + " last_received_at = now() - interval '31 days' where study_instance_uid = '"
                + files.get(0).studyUid() + "'");
        return files;
    }

    /** What was held against the clock of a machine that has come back a year ahead would all be over. */
    @Test
    void aClockThatIsFarFromTheDatabasesEndsNothing() throws Exception {
        Instant now = Instant.now();
        assertThat(retention.agreed(now.plus(Duration.ofDays(400)))).isEmpty();
        assertThat(retention.agreed(now.minus(Duration.ofHours(2)))).isEmpty();
        assertThat(retention.agreed(now.plus(Duration.ofMinutes(30))))
                .as("the earlier of the two")
                .hasValueSatisfying(agreed -> assertThat(agreed).isBefore(now.plus(Duration.ofMinutes(20))));
        assertThat(retention.agreed(now.minus(Duration.ofMinutes(30)))).hasValue(now.minus(Duration.ofMinutes(30)));
    }

    private static void apply(Duration later) throws Exception {
        apply(Holding.INSTANCES, later);
    }

    private static void apply(Holding holding, Duration later) throws Exception {
        Instant now = Instant.now().plus(later);
        for (String study : retention.due(holding, AGE, now, "")) {
            retention.delete(holding, study, store, AGE, now);
        }
    }

    private static Path stored(InstanceFile file) throws Exception {
        return store.resolve(
                database.query("select location from instance where sop_instance_uid = '" + file.sopUid() + "'")
                        .get(0));
    }

    /** The study's revisions that have no files, and its instances. */
    private static List<String> gone(InstanceFile file) throws Exception {
        return database.query("select (select count(*) from study where study_instance_uid = '" + file.studyUid()
                + "' and instances_deleted_at is not null) || ' ' || (select count(*) from instance i join study s"
                + " on s.id = i.study_id where study_instance_uid = '" + file.studyUid()
                + "' and file_deleted_at is not null)");
    }

    /** It was answered 0000H, and somebody had it sent again to do something with it. */
    @Test
    void whatCameAgainIsKeptForAsLongAsWhatCame() throws Exception {
        List<InstanceFile> files = received("again");
        InstanceFile first = files.get(0);
        apply(Duration.ZERO);
        assertThat(stored(first)).doesNotExist();
        assertThat(gone(first)).containsExactly("1 2");

        assertThat(reception.store(first)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(gone(first)).as("the other is not there").containsExactly("1 1");
        assertThat(reception.store(files.get(1))).isEqualTo(StoreStatus.SUCCESS);
        assertThat(gone(first)).containsExactly("0 0");
        apply(Duration.ofMinutes(1));
        assertThat(stored(first)).exists();
        apply(Duration.ofDays(31));
        assertThat(stored(first)).doesNotExist();
        assertThat(gone(first)).containsExactly("1 2");
    }

    /** And goes again though the study has not all of its files. */
    @Test
    void partOfAStudyThatCameAgainGoesAfterItsTime() throws Exception {
        InstanceFile first = received("part").get(0);
        apply(Duration.ZERO);
        assertThat(reception.store(first)).isEqualTo(StoreStatus.SUCCESS);
        apply(Duration.ofMinutes(1));
        assertThat(stored(first)).exists();
        apply(Duration.ofDays(31));
        assertThat(stored(first)).doesNotExist();
        assertThat(gone(first)).containsExactly("1 2");
    }

    /** What was made of it is not made again by that. */
    @Test
    void outputsGoAtTheirTimeThoughInstancesCameAgain() throws Exception {
        InstanceFile first = received("outputs").get(0);
        assertThat(reception.store(first)).isEqualTo(StoreStatus.SUCCESS);
        apply(Holding.OUTPUTS, Duration.ZERO);
        assertThat(database.query("select outputs_deleted_at is not null from study where study_instance_uid = '"
                        + first.studyUid() + "'"))
                .containsExactly("t");
        assertThat(gone(first)).containsExactly("0 0");
    }

    /** A day before its time. */
    @Test
    void whatIsSentAgainBeforeItGoesIsKeptToo() throws Exception {
        InstanceFile first = received("before").get(0);
        assertThat(reception.store(first)).isEqualTo(StoreStatus.SUCCESS);
        apply(Duration.ofMinutes(1));
        assertThat(stored(first)).exists();
        apply(Duration.ofDays(31));
        assertThat(stored(first)).doesNotExist();
    }

    @Test
    void whatIsNewBringsNoneOfTheFilesBackThatAreGone() throws Exception {
        InstanceFile first = received("new").get(0);
        apply(Duration.ZERO);
        InstanceFile third = InstanceFile.write(folder, "new", "3", "a");
        assertThat(reception.store(third)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(gone(first)).containsExactly("1 2");
        assertThat(stored(third)).exists();
    }

    /** Retention holds the study's lock, and deletes what got its name a moment ago. */
    @Test
    void whatRetentionDeletesWhileItComesIsNotAnsweredWithSuccess() throws Exception {
        InstanceFile first = received("meanwhile").get(0);
        Path file = stored(first);
        ExecutorService sender = Executors.newSingleThreadExecutor();
        Future<StoreStatus> sent = database.inTransaction(() -> {
            try (Connection connection = database.dataSource().getConnection()) {
                assertThat(RetentionRecord.lock(connection, first.studyUid())).isTrue();
                Files.delete(file);
                Future<StoreStatus> sending = sender.submit(() -> reception.store(first));
                await().until(() -> Files.exists(file));
                Files.delete(file);
                return sending;
            }
        });
        assertThat(sent.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
        sender.shutdown();
        assertThat(reception.store(first)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(file).exists();
    }
}
