package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.dicomweb.EarlierThan;
import org.rigatino.dicomweb.HopelessRetrievalException;
import org.rigatino.dicomweb.StudyWitness;
import org.rigatino.identity.StillOfPatient;
import org.rigatino.ingest.Sources;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.study.StudyLife;

/** By a search for the Study Instance UID. */
@ApplicationScoped
class ListedPatient implements StudyWitness {
    @Inject
    Sources sources;

    @Inject
    StudySearch search;

    @Inject
    StudyPatients patients;

    @Inject
    StudyLife life;

    @Inject
    StillOfPatient still;

    /** A study as its source lists it. */
    final class Listing implements Testimony {
        private final String source;
        private final ListedStudy study;

        private Listing(String source, ListedStudy study) {
            this.source = source;
            this.study = study;
        }

        ListedStudy study() {
            return study;
        }

        @Override
        public OptionalInt instances() {
            return study.instances();
        }

        @Override
        public void hold(String besides) throws DicomException {
            if (isNamedOtherwise(besides)) {
                throw doubted(source, study.studyInstanceUid(), besides);
            }
        }

        private boolean isNamedOtherwise(String besides) throws DicomException {
            try {
                return namesAnother(study);
            } catch (UnavailableFileException e) {
                throw new DicomException(
                        "whether the study is of the patient that " + source + " lists it under cannot be told: "
                                + e.getMessage() + besides,
                        e);
            }
        }
    }

    @Override
    public Listing of(String source, String studyInstanceUid, Optional<EarlierThan> earlierThan) throws DicomException {
        String told = sources.told(source);
        List<ListedStudy> found;
        try {
            found = search.search(source, StudyQuery.ofStudy(studyInstanceUid));
        } catch (SeveralPatientsException e) {
            throw new HopelessRetrievalException(told + " lists the study more than once, under different patients");
        }
        if (found.isEmpty()) {
            throw new DicomException(told + " lists no study of this Study Instance UID");
        }
        if (earlierThan.isPresent()) {
            requireSame(told, found, earlierThan.get());
        }
        // An archive that has a part of it online may list it twice.
        ListedStudy most = Collections.max(
                found, Comparator.comparingInt(study -> study.instances().orElse(-1)));
        if (most.patient().patientId().isEmpty()) {
            throw new HopelessRetrievalException(told + " tells no Patient ID " + Tag.text(Tag.PatientID)
                    + " of the study: nothing can be held against it, and nothing of it is fetched. Let it tell that, or"
                    + " have the study sent from there by C-STORE or STOW-RS");
        }
        return new Listing(told, most);
    }

    /** Minutes, or a restart, lie between the click and this; patients are merged meanwhile, there or here. */
    private void requireSame(String source, List<ListedStudy> found, EarlierThan than)
            throws HopelessRetrievalException {
        Optional<String> doubt = still.doubt(
                than.studyInstanceUid(),
                than.patient(),
                found.stream().map(ListedStudy::patient).toList());
        if (doubt.isPresent()) {
            throw new HopelessRetrievalException(source + " was asked once more before it was to send the study: "
                    + doubt.get() + "; nothing of it is fetched. Where it is the patient's after all, ask again on the"
                    + " page of the later study");
        }
    }

    private HopelessRetrievalException doubted(String source, String study, String besides) {
        String doubt = source + " lists the study under another patient than its instances name, by "
                + Tag.text(Tag.PatientID);
        List<Integer> held = life.doubtPatient(study, doubt);
        String so = held.isEmpty()
                ? ": no revision is held back, see which results there are: look at both before they are used"
                : ": revision " + held.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " is held back as patient-identity until a person has said who is right";
        return new HopelessRetrievalException(doubt + so + besides);
    }

    /** The source's own spelling of names is no matter; whose ID it is is. */
    private boolean namesAnother(ListedStudy listed) throws UnavailableFileException {
        String expected = ListedStudy.composed(listed.patient().patientId());
        return patients.anyNames(listed.studyInstanceUid(), values -> !ListedStudy.composed(values.patientId())
                .equals(expected));
    }
}
