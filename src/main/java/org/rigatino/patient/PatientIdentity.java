package org.rigatino.patient;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.persistence.Study;

/** Whether the instances of a study say that they are of one patient, see {@link PatientValues}. */
public final class PatientIdentity {
    public static final String RULE = Study.PATIENT_IDENTITY;

    /** Of a revision that was refused by the rule: whose it is, a person has to say. */
    public static final String MIXED = Study.MIXED;

    private PatientIdentity() {}

    /**
     * What is known of a study's patient beside its files, as {@link PatientValues#name names}.
     *
     * @param earlier what this came to for earlier revisions, whose files may be gone by rigatino.retention; or
     *     {@link #MIXED}
     * @param right of which a person has said that they are the study's patient; empty where nobody had to
     */
    public record Known(Collection<String> earlier, Set<String> right) {}

    /**
     * What instances say. One that is not there, or whose bytes are no header that can be read, says nothing here and fails on
     * its own later.
     *
     * @throws UnavailableFileException where one is there and its file system does not give it: it may say something the next
     *     moment
     */
    public static Set<PatientValues> said(Collection<Path> files) throws UnavailableFileException {
        Set<PatientValues> all = new LinkedHashSet<>();
        for (Path file : files) {
            PatientValues.read(file).ifPresent(all::add);
        }
        return all;
    }

    /**
     * @param all as {@link #said} has it
     * @return the patient's name for this study, from which no attribute can be read; empty where no header can be read
     * @throws MixedPatientException where two instances differ, or one differs from what a person has said; names the
     *     attribute and no value
     */
    public static Optional<String> check(
            String studyInstanceUid, Set<PatientValues> all, Known known, UnknownPatientValues unknown)
            throws MixedPatientException {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<PatientValues> right = all.stream()
                .filter(values -> known.right().contains(values.name(studyInstanceUid)))
                .toList();
        PatientValues patient = right.isEmpty() ? ofAll(all, unknown) : ofOthers(right, all, unknown);
        Set<String> names = patient.names(studyInstanceUid, unknown);
        if (right.isEmpty()
                && !known.right().isEmpty()
                && known.right().stream().noneMatch(names::contains)) {
            throw new MixedPatientException("instances are of another patient than was said to be the study's");
        }
        if (known.earlier().stream()
                .anyMatch(name -> !names.contains(name) && !known.right().contains(name))) {
            throw new MixedPatientException(
                    "instances differ from those of an earlier revision in an attribute of the patient");
        }
        return Optional.of(patient.name(studyInstanceUid));
    }

    private static PatientValues ofAll(Set<PatientValues> all, UnknownPatientValues unknown)
            throws MixedPatientException {
        PatientValues patient = null;
        for (PatientValues values : all) {
            if (patient != null) {
                demandSame(patient.differenceFrom(values, unknown));
            }
            patient = patient == null ? values : patient.with(values);
        }
        return patient;
    }

    /** Those that a person has taken for one patient may differ; others have to be as one of them. */
    private static PatientValues ofOthers(
            List<PatientValues> right, Set<PatientValues> all, UnknownPatientValues unknown)
            throws MixedPatientException {
        if (right.stream().anyMatch(one -> right.stream().anyMatch(one::isOfAnotherId))) {
            throw new MixedPatientException("patients of several IDs were said to be the study's");
        }
        for (PatientValues values : all) {
            if (right.stream()
                    .noneMatch(said -> said.differenceFrom(values, unknown).isEmpty())) {
                demandSame(right.get(0).differenceFrom(values, unknown));
            }
        }
        return right.get(0);
    }

    private static void demandSame(Optional<String> difference) throws MixedPatientException {
        if (difference.isPresent()) {
            throw new MixedPatientException("instances of the study differ in " + difference.get());
        }
    }
}
