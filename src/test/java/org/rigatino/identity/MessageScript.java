package org.rigatino.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.identity.PatientCorrections.Sender;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;

/**
 * Studies and messages of patients on a real PostgreSQL, a word each: {@code X=A1@6} is Anna's study X under A1, received at 6, {@code Y=B@6:bert} Bert's;
 * {@code A1>B@8} merges A1 into B at 8, {@code B@8:bert} says who B is; {@code -A1>B} takes the last such merge that counts back, {@code +A1>B} lets in the
 * last that is held, and so {@code -B:bert}; {@code -Y} deletes what is known of a study; {@code look} shows anew what is due; {@code retention} deletes messages.
 */
final class MessageScript implements AutoCloseable {
    private static final String TAKEN = "rigatino.hl7.listen.patient-updates";
    private static final Actor ADAM = new Actor("adam", "192.0.2.7");
    private static final String SITE = "SITE";
    private static final Pattern STUDY = Pattern.compile("(\\w+)=(\\w+)@([\\d.]+)(?::(\\w+))?");
    private static final Pattern MESSAGE = Pattern.compile("(?:(\\w+)>)?(\\w+)@([\\d.]+)(?::(\\w+))?");
    private static final Pattern ACT = Pattern.compile("([-+])(?:(\\w+)>)?(\\w+)(?::(\\w+))?");

    private static final Map<String, Map<IdentityAttribute, String>> PERSONS = Map.of(
            "anna", said("Müller^Anna", "19500303", "F"),
            "bert", said("Schmidt^Bert", "19600404", "M"),
            "eva", said("Muster^Eva", "19500303", "F"),
            "ida", said("Muster^Ida", "19500303", "F"),
            "carl", said("Kühn^Carl", "19770707", "M"),
            "blank", said("", "", ""));

    private final DeliveryDatabase database;
    private final AuditTrail audit;
    private final IdentityRows rows;
    private final PatientCorrections corrections;
    private final JoinedPatients joined;
    private final TakenBackMessages takenBack;
    private int controlId;

    MessageScript() throws Exception {
        database = new DeliveryDatabase();
        audit = database.bean(AuditTrail.class);
        rows = database.bean(IdentityRows.class);
        corrections = database.bean(PatientCorrections.class);
        database.bean(IdentityMarks.class);
        database.bean(DueStudies.class);
        joined = database.bean(JoinedPatients.class);
        takenBack = database.bean(TakenBackMessages.class);
        System.setProperty(TAKEN, "true");
    }

    @Override
    public void close() throws Exception {
        System.clearProperty(TAKEN);
        database.close();
    }

    private static Map<IdentityAttribute, String> said(String name, String born, String sex) {
        return Map.of(
                IdentityAttribute.PATIENT_NAME, name,
                IdentityAttribute.PATIENT_BIRTH_DATE, born,
                IdentityAttribute.PATIENT_SEX, sex);
    }

    private static Map<IdentityAttribute, String> person(String name, String otherwise) {
        return PERSONS.get(name == null ? otherwise : name);
    }

    static Instant at(String hour) {
        return Instant.parse("2026-01-02T00:00:00Z")
                .plus(Duration.ofSeconds(Math.round(3600 * Double.parseDouble(hour))));
    }

    DeliveryDatabase database() {
        return database;
    }

    /** From nothing on. */
    void play(String script) throws Exception {
        database.execute("delete from study_identity; delete from identity_statement; delete from study_patient;"
                + " delete from identity_said; delete from identity_due; delete from identity_gone; delete from patient_doubt;"
                + " delete from patient_message; delete from study");
        for (String word : script.trim().split("\\s+")) {
            word(word);
        }
        joined.look();
    }

    void word(String word) throws Exception {
        Matcher study = STUDY.matcher(word);
        Matcher message = MESSAGE.matcher(word);
        Matcher act = ACT.matcher(word);
        if (word.equals("look")) {
            joined.look();
        } else if (word.equals("retention")) {
            database.inTransaction(() -> corrections.deleteBefore(Instant.now().plusSeconds(60)));
        } else if (study.matches()) {
            study(study.group(1), study.group(2), study.group(3), person(study.group(4), "anna"));
        } else if (message.matches()) {
            came(message.group(1), message.group(2), message.group(3), person(message.group(4), "blank"));
        } else if (word.matches("-\\w+")) {
            database.inTransaction(() -> rows.delete(word.substring(1), at("12")));
        } else if (act.matches()) {
            act(act.group(1).equals("-"), act.group(2), act.group(3), act.group(4));
        } else {
            throw new IllegalArgumentException(word);
        }
    }

    private void study(String uid, String id, String hour, Map<IdentityAttribute, String> person) throws Exception {
        Map<IdentityAttribute, String> values = new EnumMap<>(person);
        values.put(IdentityAttribute.PATIENT_ID, id);
        values.put(IdentityAttribute.ISSUER_OF_PATIENT_ID, SITE);
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('" + uid + "', 1, 'READY', now(), now()) on conflict do nothing");
        Statement statement = new Statement(uid, new StudyIdentity(id + person, values));
        database.inTransaction(() -> {
            audit.append(rows.record(List.of(statement), at(hour)));
            return null;
        });
    }

    private void came(String prior, String patient, String hour, Map<IdentityAttribute, String> person) {
        Kind kind = prior == null ? Kind.UPDATE : Kind.MERGE;
        Id from = prior == null ? null : new Id(prior, SITE);
        PatientMessage message = new PatientMessage(kind, at(hour), at(hour), new Id(patient, SITE), from, person);
        corrections.take(new Sender("HIS", "", "M" + controlId++, "192.0.2.1"), List.of(message), 10, Instant.now());
    }

    private void act(boolean back, String prior, String patient, String person) throws Exception {
        String name = person(person, "blank").get(IdentityAttribute.PATIENT_NAME);
        long number = Long.parseLong(
                database.query("select coalesce(max(id), -1) from patient_message where patient_id = '" + patient
                                + "' and prior_id = '" + (prior == null ? "" : prior) + "'"
                                + (person == null ? "" : " and patient_name = '" + name + "'")
                                + (back
                                        ? " and voided_at is null"
                                        : " and repeats is not null and voided_at is not null"))
                        .get(0));
        if (back) {
            takenBack.takeBack(number, null, ADAM, at("20"));
        } else {
            takenBack.letIn(number, null, ADAM, at("21"));
        }
    }

    /** Messages that an administrator may let in. */
    int held() throws Exception {
        return Integer.parseInt(database.query(
                        "select count(*) from patient_message where voided_at is not null and repeats is not null and let_in_at is null")
                .get(0));
    }

    /** That a study was shown under, the last of them last; none of one that is deleted. */
    List<String> ids(String uid) throws Exception {
        return database.query("select unnest(former_ids || patient_id) from study_identity where study_instance_uid = '"
                + uid + "' and patient_id <> ''");
    }

    /** Patient ID and name. */
    String shown(String uid) throws Exception {
        return database.query(
                        "select patient_id || ' ' || patient_name from study_identity where study_instance_uid = '"
                                + uid + "'")
                .get(0);
    }
}
