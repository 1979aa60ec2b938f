package org.rigatino.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hibernate.Session;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.patient.PatientValues;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;

/** The patients that the instances of a study name, read from their files when asked for, and kept nowhere. */
@ApplicationScoped
public class StudyPatients {
    @Inject
    Session entities;

    @Inject
    IngestConfiguration configuration;

    /**
     * One version of one instance, own outputs left out.
     *
     * @param patient as {@link PatientValues#name names} it; null where neither file nor record tells
     * @param values null where the file is not kept, or its header is none that can be read
     */
    public record Version(
            long id,
            String sopInstanceUid,
            int revision,
            Outcome outcome,
            String sender,
            Instant receivedAt,
            String patient,
            PatientValues values) {}

    /**
     * One of the patients.
     *
     * @param values null where no file of them is kept
     * @param inForce instances of them that are worked on
     * @param setAside versions of them that are not
     * @param right whether a person has said that they are the study's patient
     */
    public record Named(
            String patient,
            PatientValues values,
            int inForce,
            int setAside,
            Set<String> senders,
            Instant firstReceivedAt,
            boolean right) {}

    /**
     * Of all revisions, in the order in which they came. Blocks for as long as reading the headers takes.
     *
     * @throws UnavailableFileException where the file system does not give one of the files: it may name anybody
     */
    public List<Version> versions(String studyInstanceUid) throws UnavailableFileException {
        List<Version> versions = new ArrayList<>();
        for (Object[] row : QuarkusTransaction.requiringNew().call(() -> rows(studyInstanceUid))) {
            Optional<PatientValues> values = PatientValues.read(file(row));
            String known = (String) row[7];
            versions.add(new Version(
                    (Long) row[0],
                    (String) row[1],
                    (Integer) row[2],
                    (Outcome) row[4],
                    (String) row[5],
                    (Instant) row[6],
                    values.map(read -> read.name(studyInstanceUid)).orElse(Study.MIXED.equals(known) ? null : known),
                    values.orElse(null)));
        }
        return versions;
    }

    /**
     * Whether any instance that is not set aside names a patient that is so.
     *
     * @throws UnavailableFileException where none does of those whose files the file system gives, and it does not give all
     */
    public boolean anyNames(String studyInstanceUid, Predicate<PatientValues> so) throws UnavailableFileException {
        UnavailableFileException kept = null;
        for (Path file : filesInForce(studyInstanceUid)) {
            try {
                if (PatientValues.read(file).filter(so).isPresent()) {
                    return true;
                }
            } catch (UnavailableFileException e) {
                kept = e;
            }
        }
        if (kept != null) {
            throw kept;
        }
        return false;
    }

    /** Of instances that are not set aside. */
    public List<Path> filesInForce(String studyInstanceUid) {
        return QuarkusTransaction.requiringNew().call(() -> rows(studyInstanceUid)).stream()
                .filter(row -> row[4] != Outcome.SET_ASIDE)
                .map(this::file)
                .toList();
    }

    private Path file(Object[] row) {
        return configuration.store().resolve(Path.of((String) row[3]));
    }

    private List<Object[]> rows(String studyInstanceUid) {
        return entities.createQuery(
                        "select i.id, i.sopInstanceUid, s.revision, i.location, i.outcome, i.callingAeTitle, i.receivedAt,"
                                + " s.patient from Instance i join i.study s where s.studyInstanceUid = :uid"
                                + " and i.outcome <> :own order by i.id",
                        Object[].class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("own", Outcome.OWN_OUTPUT)
                .getResultList();
    }

    /** Those that a person has said to be right. */
    private Set<String> right(String studyInstanceUid) {
        return Set.copyOf(entities.createNativeQuery(
                        "select patient from study_patient where study_instance_uid = :uid", String.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList());
    }

    /**
     * In the order in which they came; instances whose patient nobody can tell are left out.
     *
     * @throws UnavailableFileException as of {@link #versions}
     */
    public List<Named> named(String studyInstanceUid) throws UnavailableFileException {
        Set<String> right = QuarkusTransaction.requiringNew().call(() -> right(studyInstanceUid));
        Map<String, List<Version>> byPatient = new LinkedHashMap<>();
        for (Version version : versions(studyInstanceUid)) {
            if (version.patient() != null) {
                byPatient
                        .computeIfAbsent(version.patient(), patient -> new ArrayList<>())
                        .add(version);
            }
        }
        return byPatient.entrySet().stream()
                .map(entry -> named(entry.getKey(), entry.getValue(), right.contains(entry.getKey())))
                .toList();
    }

    private static Named named(String patient, List<Version> versions, boolean right) {
        int setAside = (int) versions.stream()
                .filter(version -> version.outcome() == Outcome.SET_ASIDE)
                .count();
        Set<String> senders = new TreeSet<>();
        versions.forEach(version -> senders.add(version.sender()));
        return new Named(
                patient,
                versions.stream()
                        .map(Version::values)
                        .filter(values -> values != null)
                        .findFirst()
                        .orElse(null),
                versions.size() - setAside,
                setAside,
                senders,
                versions.get(0).receivedAt(),
                right);
    }

    /** The patients, and those who are one of them with something unknown, where that is accepted. */
    public Set<String> withUnknown(Collection<Version> versions, Set<String> patients) {
        Set<String> all = new TreeSet<>(patients);
        for (Version right : versions) {
            if (patients.contains(right.patient()) && right.values() != null) {
                versions.stream()
                        .filter(other -> other.values() != null
                                && right.values()
                                        .differenceFrom(other.values(), configuration.unknownPatientValues())
                                        .isEmpty())
                        .forEach(other -> all.add(other.patient()));
            }
        }
        return all;
    }
}
