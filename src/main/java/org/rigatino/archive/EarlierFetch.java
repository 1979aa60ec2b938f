package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicomweb.RetrievalRecord;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;
import org.rigatino.ingest.Sources;

/** A patient's studies before one that is here, asked of an archive by a person who is shown whose the study is (ADR 84). */
@ApplicationScoped
public class EarlierFetch {
    @Inject
    Sources sources;

    @Inject
    StudySearch search;

    @Inject
    Fetches fetches;

    @Inject
    EarlierAsking asking;

    @Inject
    EarlierOfPatient patients;

    @Inject
    Identities identities;

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
     * Empty where there is no archive, or for whom not all of whose a study is is shown. Of what was asked for, that of the
     * patient whose it is now; while nobody can tell whose it is, nothing.
     */
    public Optional<Standing> standing(String study, Reader reader) {
        List<String> archives = sources.names();
        if (archives.isEmpty() || reader.level() != IdentityLevel.FULL) {
            return Optional.empty();
        }
        if (patients.find(study, 1).untold() != null) {
            return Optional.of(new Standing(archives, List.of(), List.of()));
        }
        EarlierAsking.Told told = asking.told(study);
        return Optional.of(new Standing(archives, told.searches(), told.retrievals()));
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
                asking.choose(source, study, of, search.withOthers(source, query), by);
                return null;
            });
        } catch (SearchUnderWayException e) {
            return Came.BUSY;
        } catch (DicomException e) {
            asking.failed(source, study, of, e.getMessage(), by.actor());
        }
        return Came.SEARCHED;
    }
}
