package org.rigatino.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.finding.FindingConfiguration;
import org.rigatino.finding.NormalStudiesInForce;
import org.rigatino.finding.StudyJudge;
import org.rigatino.identity.IdentityRows;
import org.rigatino.persistence.StudyState;
import org.rigatino.restore.Releases;
import org.rigatino.restore.RestoreConfiguration;

/** The life of studies on a real PostgreSQL, without an application. */
public final class LifeOnRecord {
    private LifeOnRecord() {}

    /** While there are destinations. */
    @FunctionalInterface
    public interface Somewhere extends Routing {
        @Override
        default boolean isAny() {
            return true;
        }

        @Override
        default void hold() {}
    }

    /** A part of the database from now on, with the audit trail that it writes. No object has a destination. */
    public static StudyLife of(DeliveryDatabase database) throws Exception {
        Somewhere nowhere = (study, outputs, asked) -> {};
        return of(database, nowhere);
    }

    /** The same with destinations. */
    public static StudyLife of(DeliveryDatabase database, Somewhere routing) throws Exception {
        EncodedFiles all = output -> true;
        return of(database, routing, all);
    }

    /** The same where files may be lost. */
    static StudyLife of(DeliveryDatabase database, Somewhere routing, EncodedFiles files) throws Exception {
        database.with(routing, files);
        database.bean(AuditTrail.class);
        database.bean(RevisionFailure.class);
        database.bean(StudyLocks.class);
        database.bean(NextRevision.class);
        database.bean(ReceptionEnd.class);
        database.bean(DeliveryOutcome.class);
        FindingConfiguration ofTheReleases = Optional::empty;
        database.with(ofTheReleases, new ReleasesOnDisk(), new Releases.AllAtHand());
        database.bean(NormalStudiesInForce.class);
        database.bean(StudyJudge.class);
        database.bean(StudyPriority.class);
        database.bean(Judgement.class);
        database.bean(StandingFindings.class);
        database.bean(RestoredRows.class);
        database.bean(FinishedStudies.class);
        database.bean(Claims.class);
        database.bean(LostObjects.class);
        database.bean(RestoredAgain.class);
        database.bean(TakenAway.class);
        database.bean(AbsentJudges.class);
        database.bean(ClaimEnd.class);
        database.bean(Replay.class);
        database.bean(IdentityRows.class);
        database.bean(PatientChoice.class);
        database.bean(PatientDoubt.class);
        database.bean(JudgementAnew.class);
        database.bean(JudgementAgain.class);
        return database.bean(StudyLife.class);
    }

    private record ReleasesOnDisk(Path models, Optional<Set<String>> shadow, String device, int batch)
            implements RestoreConfiguration {
        ReleasesOnDisk() {
            this(Path.of("models"), Optional.empty(), "cpu", 1);
        }
    }

    /** @return the last audit row, none of which goes */
    static String empty(DeliveryDatabase database) throws Exception {
        database.execute("delete from study_patient; delete from output_finding; delete from delivery;"
                + " delete from output; delete from finding; delete from instance; delete from study");
        return database.query("select coalesce(max(id), 0) from audit_event").get(0);
    }

    /** Revision 1, with id 1, of study 2.25.1. */
    static void study(DeliveryDatabase database, StudyState state) throws Exception {
        database.execute(String.format(
                "insert into study (id, study_instance_uid, revision, state, refusal_rule, failed_stage, failure_cause,"
                        + " first_received_at, last_received_at, restored_at) overriding system value values (1,"
                        + " '2.25.1', 1, '%s', %s, %s, %s, now(), now(), %s)",
                state,
                state == StudyState.REFUSED ? "'modality'" : "null",
                state == StudyState.FAILED ? "'restore'" : "null",
                state == StudyState.FAILED ? "'no device'" : "null",
                state.compareTo(StudyState.RESTORED) < 0 ? "null" : "now()"));
        database.execute("select setval(pg_get_serial_sequence('study', 'id'), 1)");
    }

    /** The same, CONFIRMED that long ago. */
    public static void ended(DeliveryDatabase database, Duration ago) throws Exception {
        study(database, StudyState.CONFIRMED);
        database.execute("update study set ended_at = now() - interval '" + ago.toSeconds()
                + " seconds', last_received_at = now() - interval '" + ago.toSeconds() + " seconds'");
    }

    /** Of that revision. */
    public static void instance(DeliveryDatabase database, int id, String outcome, String reason) throws Exception {
        database.execute(String.format(
                "insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at,"
                        + " outcome, outcome_reason) overriding system value values (%1$d, 1, '2.25.7%1$d',"
                        + " '1.2.840.10008.5.1.4.1.1.4', '2.25.3', '1.2.840.10008.1.2.1', 'MR', 'SCANNER', '%1$d.dcm',"
                        + " '%1$064d', 9, now(), '%2$s', %3$s)",
                id, outcome, reason == null ? "null" : "'" + reason + "'"));
    }
}
