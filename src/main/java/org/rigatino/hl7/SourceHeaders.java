package org.rigatino.hl7;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.ingest.InstanceStore;
import org.rigatino.patient.MixedPatientException;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.patient.PatientIdentity.Known;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.UnknownPatientValues;

/**
 * Headers of a study's files. One whose patient cannot be read says nothing, as in {@link PatientIdentity}; what the header
 * of a patient leaves open is said by others of that patient.
 */
final class SourceHeaders {
    private static final Logger LOG = Logger.getLogger(SourceHeaders.class);

    /** How many are asked for what is open; in most studies, none. */
    private static final int ASKED = 100;

    /** What one instance says together; the first has to be there. */
    private static final int[][] TOGETHER = {
        {Tag.PatientName},
        {Tag.PatientBirthDate},
        {Tag.PatientSex},
        {Tag.AccessionNumber, Tag.IssuerOfAccessionNumberSequence},
        {Tag.StudyDate, Tag.StudyTime, Tag.TimezoneOffsetFromUTC}
    };

    private final String studyInstanceUid;
    private final List<Path> files;
    private final Path store;
    private final UnknownPatientValues unknown;
    private final Set<Path> gone = new LinkedHashSet<>();

    /** @param files those first that may differ in what they leave open, as one of each series */
    SourceHeaders(String studyInstanceUid, List<Path> files, Path store, UnknownPatientValues unknown) {
        this.studyInstanceUid = studyInstanceUid;
        this.files = files;
        this.store = store;
        this.unknown = unknown;
    }

    /** Files that were looked for and are not there. */
    int gone() {
        return gone.size();
    }

    /**
     * Of an instance that names one of these patients, whatever others name.
     *
     * @param patients as {@link PatientValues#name} has them
     * @throws UnavailableFileException where no other is of them, and a file is there and is not given
     * @throws IOException where the store is not there
     */
    Optional<Dataset> of(Set<String> patients) throws IOException {
        UnavailableFileException notGiven = null;
        for (Path file : files) {
            try {
                Optional<Dataset> header = read(file).filter(read -> patients.contains(name(read)));
                if (header.isPresent()) {
                    fill(header.get(), patients);
                    return header;
                }
            } catch (UnavailableFileException e) {
                notGiven = e;
            }
        }
        if (notGiven != null) {
            throw notGiven;
        }
        return Optional.empty();
    }

    /**
     * Only where all instances are there and known to be of one patient.
     *
     * @throws UnavailableFileException where a file is there and is not given
     * @throws IOException where the store is not there
     */
    Optional<Dataset> ofAll(Known known) throws IOException {
        Set<PatientValues> said = new LinkedHashSet<>();
        Dataset first = null;
        for (Path file : files) {
            Optional<Dataset> header = read(file);
            header.map(PatientValues::of).ifPresent(said::add);
            first = first == null ? header.orElse(null) : first;
        }
        if (!gone.isEmpty() || first == null || !areOfOne(said, known)) {
            return Optional.empty();
        }
        fill(first, known.right());
        return Optional.of(first);
    }

    private boolean areOfOne(Set<PatientValues> said, Known known) {
        try {
            return PatientIdentity.check(studyInstanceUid, said, known, unknown).isPresent();
        } catch (MixedPatientException e) {
            return false;
        }
    }

    private void fill(Dataset header, Set<String> patients) throws IOException {
        for (Path file : files.subList(0, Math.min(files.size(), ASKED))) {
            if (Arrays.stream(TOGETHER).noneMatch(tags -> isOpen(header, tags[0]))) {
                return;
            }
            try {
                read(file)
                        .filter(other -> patients.contains(name(other)) || isOfPatient(other, header))
                        .ifPresent(other -> fill(header, other));
            } catch (UnavailableFileException e) {
                LOG.warnf("study %s is told without what a file may say: %s", studyInstanceUid, e.getMessage());
            }
        }
    }

    private boolean isOfPatient(Dataset other, Dataset header) {
        return PatientValues.of(header)
                .differenceFrom(PatientValues.of(other), unknown)
                .isEmpty();
    }

    private static void fill(Dataset header, Dataset other) {
        for (int[] tags : TOGETHER) {
            if (isOpen(header, tags[0]) && !isOpen(other, tags[0])) {
                header.putEmpty(tags).copy(other, tags);
            }
        }
    }

    private static boolean isOpen(Dataset header, int tag) {
        return header.string(tag).isEmpty();
    }

    private String name(Dataset header) {
        return PatientValues.of(header).name(studyInstanceUid);
    }

    private Optional<Dataset> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            InstanceStore.requireThere(store);
            gone.add(file);
            return Optional.empty();
        }
        try {
            return Optional.of(Dataset.readOnly(file, ResultMessage.TAGS)).filter(PatientValues::areReadable);
        } catch (UnavailableFileException e) {
            InstanceStore.requireThere(store);
            throw e;
        } catch (DicomException e) {
            // Such an instance has failed by itself.
            return Optional.empty();
        }
    }
}
