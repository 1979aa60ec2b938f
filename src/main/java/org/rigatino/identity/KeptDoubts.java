package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.identity.Correction.Doubt;
import org.rigatino.identity.CountedMessages.Counted;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/**
 * Doubts that a study's messages stay in once something that those may rest on was deleted (ADR 97), and in which what says the same again
 * is, whenever it was, whoever sends it (ADR 104), and over whichever other IDs it leads there (ADR 105). A person's act ends them, and
 * nothing that is said.
 */
final class KeptDoubts {
    /**
     * Of the study's patient, of messages that were taken back, too; and merges in doubt for other studies, for some that are deleted, or for another patient
     * whom the study's images name, but for one who was there when they came, and into an ID that a merge has led the study to.
     */
    private static final String READ =
            """
            select m.kind, m.event_at, m.patient_id, m.issuer, m.prior_id, m.prior_issuer, m.patient_name, m.patient_birth_date,
              m.patient_sex, coalesce(m.event_until, m.event_at), m.id, d.why, d.own
            from ((select distinct on (message) message, why, true as own from patient_doubt
                where study_instance_uid = ? and patient = any (?) order by message)
              union all
              (select distinct on (o.message) o.message, o.why, false from patient_message s join patient_doubt o on o.message = s.id
              where s.kind = 'MERGE' and s.prior_id <> '' and s.prior_id = any (?)
                and (o.study_instance_uid <> ? or not exists (select from identity_statement t
                  where t.study_instance_uid = o.study_instance_uid and t.patient = any (?) and t.recorded_at <= s.received_at))
                and not exists (select from study_identity i where i.study_instance_uid = ? and i.former_ids <> '{}'
                  and (s.patient_id = i.patient_id or s.patient_id = any (i.former_ids[2:])))
              order by o.message)) d
              join patient_message m on m.id = d.message
            order by m.id, d.own desc""";

    private final Id id;
    private final Map<IdentityAttribute, String> shown;
    private final NobodysValues nobodys = NobodysValues.of(ConfigProvider.getConfig());
    private final List<Kept> kept;
    private final List<Counted> counted;
    private final Map<PatientMessage, Doubt> doubts = new HashMap<>();

    private KeptDoubts(Id id, Map<IdentityAttribute, String> shown, List<Kept> kept, List<Counted> counted) {
        this.id = id;
        this.shown = shown;
        this.kept = kept;
        this.counted = counted;
    }

    private record Kept(long number, PatientMessage message, Doubt doubt, boolean own) {
        boolean isMerge() {
            return message.kind() == Kind.MERGE;
        }
    }

    /**
     * Empty where nothing was deleted: all that speaks against a message is there then. To be asked behind a look at what images say.
     *
     * @param patients of the study, who are shown, as {@link Shown#patients}
     * @param id by which its images name them
     * @param counted messages that are followed, in the order of their events
     * @param ids of theirs
     */
    static Map<PatientMessage, Doubt> of(
            Connection connection, String study, Set<String> patients, Id id, List<Counted> counted, Set<String> ids)
            throws SQLException {
        if (!DoubtRows.isSomeGone(connection, ids)) {
            return Map.of();
        }
        return new KeptDoubts(id, ShownRows.before(connection, study), read(connection, study, patients, ids), counted)
                .find();
    }

    private Map<PatientMessage, Doubt> find() {
        for (Counted one : counted) {
            Set<Kept> apart = new HashSet<>(apart(one));
            kept.stream()
                    .filter(doubt -> doubt.own() && doubt.number() == one.number()
                            || (isSame(doubt, one) || isPiece(doubt, one) || apart.contains(doubt))
                                    && !isLetIn(doubt, one))
                    .findFirst()
                    .ifPresent(doubt -> doubts.put(one.message(), doubt.doubt()));
        }
        return doubts;
    }

    /** Whether a person has let in what says the same as either, since. */
    private boolean isLetIn(Kept doubt, Counted one) {
        return counted.stream()
                .anyMatch(other -> other.letIn()
                        && other.number() > doubt.number()
                        && (isSame(doubt, other) || other.message().saysAgain(one.message())));
    }

    /** Of an update of several persons also where it says something else of two of them. */
    private boolean isSame(Kept doubt, Counted one) {
        return one.message().saysAgain(doubt.message())
                || doubt.doubt() == Doubt.SEVERAL_PERSONS
                        && one.message().patient().equals(doubt.message().patient())
                        && !Collections.disjoint(one.others(), others(doubt));
    }

    /** Of what is in doubt, but what is shown already: no deletion undoes that. */
    private boolean isPiece(Kept doubt, Counted one) {
        return doubt.own()
                && one.message().isPieceOf(doubt.message(), nobodys)
                && !Told.NOTHING.with(one.message(), nobodys).values().entrySet().stream()
                        .allMatch(said -> said.getValue().equals(shown.get(said.getKey())));
    }

    private Set<Id> others(Kept doubt) {
        Optional<Counted> same =
                counted.stream().filter(one -> one.number() == doubt.number()).findFirst();
        return same.isPresent() ? same.get().others() : Set.of();
    }

    /**
     * Doubts of which the merge would make those one person whom they tell apart: it joins what merges of before, and of its time, have joined
     * with either. Of the study's own doubts each into the one who is left.
     */
    private List<Kept> apart(Counted one) {
        PatientMessage merge = one.message();
        if (merge.kind() != Kind.MERGE || kept.stream().noneMatch(Kept::isMerge)) {
            return List.of();
        }
        Set<Id> prior = MergedIds.with(merge.prior(), joining(merge, true));
        Set<Id> left = MergedIds.with(merge.patient(), joining(merge, true));
        boolean joined = MergedIds.with(merge.prior(), joining(merge, false)).contains(merge.patient());
        return kept.stream()
                .filter(doubt -> doubt.isMerge()
                        && (doubt.own() && doubt.message().patient().equals(merge.patient())
                                || !joined && (isBetween(doubt, prior, left) || isBetween(doubt, left, prior))))
                .toList();
    }

    private boolean isBetween(Kept doubt, Set<Id> one, Set<Id> other) {
        return other.contains(doubt.message().patient())
                && (one.contains(doubt.message().prior()) || doubt.own() && one.contains(id));
    }

    /** @param atOnce whether those of its time do too, be they in doubt: no other is before it */
    private List<PatientMessage> joining(PatientMessage merge, boolean atOnce) {
        return counted.stream()
                .map(Counted::message)
                .filter(other -> other.kind() == Kind.MERGE && !other.saysAgain(merge))
                .filter(other -> other.eventAt().isBefore(merge.eventAt()) && !doubts.containsKey(other)
                        || atOnce && other.eventAt().equals(merge.eventAt()))
                .toList();
    }

    private static List<Kept> read(Connection connection, String study, Set<String> patients, Set<String> ids)
            throws SQLException {
        return Sql.list(
                connection,
                READ,
                row -> new Kept(
                        row.getLong(11),
                        PatientMessages.message(row),
                        Doubt.valueOf(row.getString(12)),
                        row.getBoolean(13)),
                study,
                patients,
                ids,
                study,
                patients,
                study);
    }
}
