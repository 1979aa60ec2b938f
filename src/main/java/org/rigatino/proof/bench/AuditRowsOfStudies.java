package org.rigatino.proof.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/**
 * The rows that studies of one image leave, made by the database, evenly over the months up to now: one in fifty refused,
 * the others restored, confirmed, viewed and acknowledged. Events have hashes and are no chain: indexes do not care.
 */
final class AuditRowsOfStudies {
    private static final int CHUNKS = 20;

    private static final String STUDIES =
            """
            insert into study (id, study_instance_uid, revision, state, refusal_rule, images_seen, images_restored,
              percentile, priority, first_received_at, last_received_at, ready_at, published_at, restoring_at,
              restored_at, delivered_at, ended_at, announced, completed_by, listed_outcome_at)
            overriding system value
            select n, '2.25.1' || n, 1, case when refused then 'REFUSED' else 'CONFIRMED' end,
              case when refused then 'MODALITY' end, 1, case when refused then 0 else 1 end,
              case when not refused then score * 100 end, case when not refused then 'LOW' end,
              t, t + '20 s', t + '80 s', t + '81 s', t + queue, case when not refused then t + queue + '8 s' end,
              case when not refused then t + queue + '12 s' end, t + queue + '30 s',
              case when refused then 'REFUSED' else 'CONFIRMED' end, 'QUIET_PERIOD', t + queue + '30 s'
            from made""";

    private static final String INSTANCES =
            """
            insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,
              transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome,
              outcome_reason)
            overriding system value
            select n, n, '2.25.2' || n, '1.2.840.10008.5.1.4.1.1.4', '2.25.3' || n, '1.2.840.10008.1.2.1', 'MR',
              'MR1', '2.25.1' || n || '/2.25.2' || n, encode(sha256(('image' || n)::bytea), 'hex'), 524288, t,
              case when refused then 'REFUSED' else 'RESTORED' end, case when refused then 'MODALITY' end
            from made""";

    private static final String FINDINGS =
            """
            insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,
              configuration_digest, score, percentile, flagged, created_at)
            select n, n, 1, 'brain-flair', case when n % 2 = 0 then '1' else '2' end,
              encode(sha256('model'), 'hex'), encode(sha256('configuration'), 'hex'), score, score * 100,
              score > 0.95, t + queue + '7 s'
            from made where not refused""";

    private static final String OUTPUTS =
            """
            insert into output (id, finding_id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,
              location, sha256, bytes, created_at)
            select n, n, n, 'SECONDARY_CAPTURE', '2.25.4' || n, '1.2.840.10008.5.1.4.1.1.7', '2.25.5' || n,
              '2.25.4' || n, encode(sha256(('output' || n)::bytea), 'hex'), 786432, t + queue + '8 s'
            from made where not refused""";

    private static final String DELIVERIES =
            """
            insert into delivery (id, output_id, study_id, destination, state, next_attempt_at, confirmed_by, sent_at,
              confirmed_at)
            select n, n, n, 'pacs', 'CONFIRMED', t + queue + '8 s', 'STORAGE_COMMITMENT', t + queue + '12 s',
              t + queue + '30 s'
            from made where not refused""";

    private static final String EVENTS =
            """
            insert into audit_event (id, occurred_at, kind, study_instance_uid, subject, detail, actor, address,
              previous_hash, hash)
            select 8 * n + place, t + queue + make_interval(secs => later), kind, '2.25.1' || n,
              coalesce(subject, 'revision 1'), detail, who, case when who is not null then '192.0.2.17' end,
              encode(sha256((8 * n + place - 1)::text::bytea), 'hex'), encode(sha256((8 * n + place)::text::bytea), 'hex')
            from made cross join lateral (values
              (0, 0, 'STUDY_READY', null, 'revision 1 with 1 instances to look at, by QUIET_PERIOD', null),
              (1, 1, 'STUDY_REFUSED', null, 'MODALITY: no release restores this modality', null),
              (2, 8, 'OUTPUT_WRITTEN', '2.25.4' || n, 'from 2.25.2' || n || ' sha256 '
                || encode(sha256(('image' || n)::bytea), 'hex') || ' by model ' || encode(sha256('model'), 'hex')
                || ' to sha256 ' || encode(sha256(('output' || n)::bytea), 'hex'), null),
              (3, 8, 'STUDY_RESTORED', null, '1 of 1 images restored', null),
              (4, 30, 'DELIVERY_CONFIRMED', '2.25.4' || n || ' at pacs', 'by STORAGE_COMMITMENT of PACS at 127.0.0.1:104, sha256 '
                || encode(sha256(('output' || n)::bytea), 'hex'), null),
              (5, 30, 'STUDY_CONFIRMED', null, '1 deliveries confirmed', null),
              (6, 600, 'STUDY_VIEWED', null, 'its page', 'radiologist' || n % 40),
              (7, 660, 'STUDY_ACKNOWLEDGED', null, 'seen', 'radiologist' || n % 40)
            ) as event (place, later, kind, subject, detail, who)
            where place = 0 or (place = 1) = refused""";

    private final int studies;
    private final Instant end = Instant.now();
    private final Duration span;

    AuditRowsOfStudies(int studies, int months) {
        this.studies = studies;
        this.span = Duration.ofDays(30L * months);
    }

    static String study(long n) {
        return "2.25.1" + n;
    }

    static String image(long n) {
        return "2.25.2" + n;
    }

    /** A day in the middle of them, as the start of a {@code timestamptz}. */
    String someDay() {
        return LocalDate.ofInstant(end.minus(span.dividedBy(2)), ZoneOffset.UTC) + " 00:00:00+00";
    }

    /** One of the middle that was restored. */
    long someStudy() {
        return studies / 2 / 50 * 50 + 1;
    }

    /** Takes the place of what writes the trail, so the connection is the owner's. */
    void generate(Connection owner, Consumer<String> progress) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("alter table audit_event disable trigger user");
            for (LocalDate month = LocalDate.ofInstant(end.minus(span), ZoneOffset.UTC);
                    month.isBefore(LocalDate.ofInstant(end, ZoneOffset.UTC));
                    month = month.plusDays(15)) {
                statement.execute("select make_audit_partition('" + month.withDayOfMonth(1) + "')");
            }
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                long first = (long) studies * chunk / CHUNKS + 1;
                long last = (long) studies * (chunk + 1) / CHUNKS;
                for (String rows : new String[] {STUDIES, INSTANCES, FINDINGS, OUTPUTS, DELIVERIES, EVENTS}) {
                    statement.execute(made(first, last) + rows);
                }
                progress.accept(last + " studies");
            }
            statement.execute("alter table audit_event enable trigger user");
            statement.execute("vacuum analyze study, instance, finding, output, delivery, audit_event");
        }
    }

    private String made(long first, long last) {
        double step = span.toMillis() / 1e3 / studies;
        return """
                with made as (
                  select n, n %% 50 = 0 as refused, timestamptz '%s' - make_interval(secs => (%d - n) * %s) as t,
                    (hashint8(n) & 65535) / 65535.0 as score, make_interval(secs => 85 + n %% 97) as queue
                  from generate_series(%d::bigint, %d::bigint) as n)
                """
                .formatted(end, studies, Double.toString(step), first, last);
    }

    long events(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from audit_event")) {
            row.next();
            return row.getLong(1);
        }
    }
}
