package org.rigatino.archive;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditFilter;
import org.rigatino.audit.AuditRow;
import org.rigatino.audit.AuditRows;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicomweb.EarlierRetrievals;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.Sources;

/** A patient's studies before one that is here, asked of an archive by a person who is shown whose the study is (ADR 84). */
@ApplicationScoped
public class EarlierFetch {
    private static final String SEARCHED = "by patient ID, for earlier studies: ";
    private static final String FAILED = "nothing fetched: ";

    /** Rows of the trail in which the last search in each archive is looked for, and retrievals that are told. */
    private static final int MOST_TOLD = 20;

    @Inject
    Sources sources;

    @Inject
    StudySearch search;

    @Inject
    Fetches fetches;

    @Inject
    EarlierRetrievals retrievals;

    @Inject
    EarlierOfPatient patients;

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

    /** SEARCHED: what came of it is in {@link #standing}. All others: no archive was asked. */
    public enum Came {
        SEARCHED,
        /** A search in the archive is under way. */
        BUSY,
        /** Which studies are of the patient cannot be told. */
        UNTOLD,
        /** The study has no Study Date. */
        UNDATED,
        /** Patient ID or issuer are no values that an archive would take as they are written. */
        NO_KEY
    }

    /**
     * The last search in an archive.
     *
     * @param found null where it failed
     * @param failure why it did; null where it did not
     */
    public record Searched(String archive, Instant at, String by, EarlierSearch found, String failure) {}

    /**
     * How it stands with what was asked for.
     *
     * @param archives that can be asked
     * @param retrievals of the earlier studies, the last asked for first
     */
    public record Standing(List<String> archives, List<Searched> searches, List<RetrievalRecord.Status> retrievals) {
        /** The most that are on their way at once. */
        public int most() {
            return EarlierChoice.MOST;
        }
    }

    /**
     * Empty where there is no archive, or for whom not all of whose a study is is shown: what was asked for is of the same
     * patient. While nobody can tell whose it is, nothing of that is shown.
     */
    public Optional<Standing> standing(String study, Reader reader) {
        List<String> archives = sources.names();
        if (archives.isEmpty() || reader.level() != IdentityLevel.FULL) {
            return Optional.empty();
        }
        if (patients.find(study, 1).untold() != null) {
            return Optional.of(new Standing(archives, List.of(), List.of()));
        }
        return Optional.of(new Standing(archives, searches(study), retrievals.than(study, MOST_TOLD)));
    }

    private List<Searched> searches(String study) {
        AuditFilter filter = new AuditFilter(null, null, study, List.of(EventKind.SOURCE_SEARCHED.name()), null);
        Map<String, Searched> last = new TreeMap<>();
        trail.before(Long.MAX_VALUE, filter, MOST_TOLD).stream()
                .filter(row -> row.detail() != null && row.detail().startsWith(SEARCHED))
                .forEach(row -> last.putIfAbsent(row.subject(), searched(row)));
        return new ArrayList<>(last.values());
    }

    private static Searched searched(AuditRow row) {
        String came = row.detail().substring(SEARCHED.length());
        EarlierSearch found = EarlierSearch.of(came).orElse(null);
        String failure = found != null ? null : came.startsWith(FAILED) ? came.substring(FAILED.length()) : came;
        return new Searched(row.subject(), row.occurredAt(), row.actor(), found, failure);
    }

    /**
     * Asks an archive, and for what it lists of the patient and is not here.
     *
     * @throws IllegalArgumentException where not all of whose the study is is shown to them
     * @throws NoSuchElementException where there is no such archive
     */
    public Came ask(String source, String study, Reader by) {
        if (by.level() != IdentityLevel.FULL) {
            throw new IllegalArgumentException("they are not shown whose the study is");
        }
        if (!sources.names().contains(source)) {
            throw new NoSuchElementException("no archive of this name is in rigatino.ingest.sources");
        }
        if (patients.find(study, 1).untold() != null) {
            return Came.UNTOLD;
        }
        Identity of = identities.show(List.of(study), by).get(study);
        LocalDate day = day(of);
        if (day == null) {
            return Came.UNDATED;
        }
        StudyQuery query;
        try {
            query = new StudyQuery(null, null, of.patientId(), of.issuerOfPatientId(), null, day.minusDays(1));
        } catch (IllegalArgumentException e) {
            return Came.NO_KEY;
        }
        return search(source, study, of, query, by);
    }

    private static LocalDate day(Identity of) {
        try {
            return of.studyDate() == null ? null : LocalDate.parse(of.studyDate(), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Came search(String source, String study, Identity of, StudyQuery query, Reader by) {
        try {
            fetches.alone(source, () -> {
                choose(source, study, of, search.ofAnyPatient(source, query), by);
                return null;
            });
        } catch (SearchUnderWayException e) {
            return Came.BUSY;
        } catch (DicomException e) {
            QuarkusTransaction.requiringNew().run(() -> record(source, study, FAILED + e.getMessage(), by.actor()));
        }
        return Came.SEARCHED;
    }

    /**
     * Under the study's lock, and one at a time of a patient over all processes: whose the study is may have changed while the
     * archive was asked, and somebody else may have asked another for the same.
     */
    private void choose(String source, String study, Identity of, List<ListedStudy> listed, Reader by) {
        QuarkusTransaction.requiringNew().run(() -> {
            lock(study, of);
            if (patients.find(study, 1).untold() != null
                    || !of.equals(identities.show(List.of(study), by).get(study))) {
                record(
                        source,
                        study,
                        FAILED + "whose the study is has changed meanwhile, and nothing is fetched",
                        by.actor());
                return;
            }
            EarlierChoice choice =
                    EarlierChoice.of(listed, of, known(study, listed), configuration.unknownPatientValues());
            record(source, study, choice.told().toString(), by.actor());
            choice.asked()
                    .forEach(one -> retrievals.ask(
                            study,
                            one.studyInstanceUid(),
                            source,
                            "by a person, who searched by patient ID, for earlier studies",
                            by.actor()));
        });
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

    /** Of the study here: no row names it and an earlier one (ADR 84). */
    private void record(String source, String study, String came, Actor by) {
        audit.append(by.did(new AuditTrail.Event(EventKind.SOURCE_SEARCHED, study, source, SEARCHED + came)));
    }
}
