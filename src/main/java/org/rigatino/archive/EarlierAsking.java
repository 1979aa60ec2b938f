package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.archive.EarlierFetch.Searched;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicomweb.EarlierRetrievals;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.EarlierPatients;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.Reader;
import org.rigatino.ingest.IngestConfiguration;

/** What searches for earlier studies come to in the record, and what of that is of the patient whose the study is now. */
@ApplicationScoped
@PersonsAct
class EarlierAsking {
    private static final String FAILED = AuditTrail.NOTHING_FETCHED;
    private static final String SEARCHED = "by patient ID, for earlier studies of patient %d: %s";
    private static final Pattern TOLD =
            Pattern.compile("by patient ID, for earlier studies of patient (\\d+): (.*)", Pattern.DOTALL);

    /** Rows of the trail in which the last search in each archive is looked for, and retrievals that are told. */
    private static final int MOST_TOLD = 20;

    @Inject
    EarlierRetrievals retrievals;

    @Inject
    EarlierOfPatient patients;

    @Inject
    EarlierPatients numbers;

    @Inject
    Identities identities;

    @Inject
    IngestConfiguration configuration;

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    @Inject
    AuditRows trail;

    /** What was asked for of one patient. */
    record Told(List<Searched> searches, List<RetrievalRecord.Status> retrievals) {}

    /** Of whom the study is now alone: what was asked for another, before a merge or until one was taken back, is in the trail. */
    @Transactional
    Told told(String study) {
        OptionalLong patient = numbers.shown(study);
        return patient.isEmpty()
                ? new Told(List.of(), List.of())
                : new Told(
                        searches(study, patient.getAsLong()), retrievals.than(study, patient.getAsLong(), MOST_TOLD));
    }

    private List<Searched> searches(String study, long patient) {
        AuditFilter filter = new AuditFilter(null, null, study, List.of(EventKind.SOURCE_SEARCHED.name()), null);
        Map<String, Searched> last = new TreeMap<>();
        for (AuditRow row : trail.before(Long.MAX_VALUE, filter, MOST_TOLD)) {
            Matcher told = TOLD.matcher(row.detail() == null ? "" : row.detail());
            if (told.matches() && told.group(1).equals(Long.toString(patient))) {
                last.putIfAbsent(row.subject(), searched(row, told.group(2)));
            }
        }
        return new ArrayList<>(last.values());
    }

    private static Searched searched(AuditRow row, String came) {
        EarlierSearch found = EarlierSearch.of(came).orElse(null);
        String failure = found != null ? null : came.startsWith(FAILED) ? came.substring(FAILED.length()) : came;
        return new Searched(row.subject(), row.occurredAt(), row.actor(), found, failure);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void failed(String source, String study, Identity of, String why, Actor by) {
        record(source, study, of, FAILED + why, by);
    }

    /**
     * Under the study's lock, and one at a time of a patient over all processes: whose the study is may have changed while the
     * archive was asked, and somebody else may have asked another for the same.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void choose(String source, String study, Identity of, List<ListedStudy> listed, Reader by) {
        lock(study, of);
        Identity now = identities.show(List.of(study), by).get(study);
        if (patients.find(study, 1).untold() != null || !of.equals(now)) {
            record(
                    source,
                    study,
                    now == null ? of : now,
                    FAILED + "whose the study is has changed meanwhile, and nothing is fetched",
                    by.actor());
            return;
        }
        EarlierChoice choice = EarlierChoice.of(listed, of, known(study, listed), configuration.unknownPatientValues());
        long patient = record(source, study, of, choice.told().toString(), by.actor());
        choice.asked()
                .forEach(one -> retrievals.ask(
                        study,
                        patient,
                        one.studyInstanceUid(),
                        source,
                        "by a person, who searched by patient ID, for earlier studies",
                        by.actor()));
    }

    private void lock(String study, Identity of) {
        entities.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(:patient, 0))", Object.class)
                .setParameter("patient", "rigatino.earlier " + of.patientId() + " " + of.issuerOfPatientId())
                .getResultList();
        entities.createNativeQuery(
                        "select id from study where study_instance_uid = :uid and revision = 1 for update", Long.class)
                .setParameter("uid", study)
                .getResultList();
    }

    private EarlierChoice.Known known(String study, List<ListedStudy> listed) {
        List<String> all = listed.stream().map(ListedStudy::studyInstanceUid).toList();
        if (all.isEmpty()) {
            return new EarlierChoice.Known(Set.of(), Set.of(), Set.of());
        }
        Set<String> here = new HashSet<>(entities.createQuery(
                        "select distinct s.studyInstanceUid from Study s where s.studyInstanceUid in :uids",
                        String.class)
                .setParameter("uids", all)
                .getResultList());
        return new EarlierChoice.Known(here, retrievals.underWay(all), retrievals.failed(study));
    }

    /**
     * Of the study here: no row names it and an earlier one (ADR 84).
     *
     * @return the number of whose it is
     */
    private long record(String source, String study, Identity of, String came, Actor by) {
        long patient = numbers.number(study, of);
        audit.append(by.did(new AuditTrail.Event(
                EventKind.SOURCE_SEARCHED, study, source, String.format(SEARCHED, patient, came))));
        return patient;
    }
}
