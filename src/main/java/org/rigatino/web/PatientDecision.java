package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.access.Actor;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.SamePatient;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.ingest.StudyPatients.Version;
import org.rigatino.patient.NobodysValues;
import org.rigatino.patient.PatientValues;
import org.rigatino.study.ActRefusedException;
import org.rigatino.study.StudyLife;

/** A person says who of the patients that a study's instances name is the study's (IHE RAD-12, RAD-13). */
@ApplicationScoped
public class PatientDecision {
    @Inject
    StudyPatients patients;

    @Inject
    IdentityRows rows;

    @Inject
    StudyLife life;

    /**
     * @param seen the {@link PatientsInDoubt.Doubt#version} that the person saw
     * @param chosen names of patients, as {@link StudyPatients} lists them; several where one is named in several ways
     * @throws ActRefusedException where nothing was changed, as where they are not spellings of one patient
     */
    public StudyLife.Decided choose(String studyInstanceUid, String seen, Set<String> chosen, Actor by) {
        List<Version> versions = versions(studyInstanceUid);
        Set<String> named = versions.stream().map(Version::patient).collect(Collectors.toSet());
        if (chosen.isEmpty() || !named.containsAll(chosen)) {
            throw new ActRefusedException(
                    versions.isEmpty()
                            ? ActRefusedException.Reason.UNKNOWN_STUDY
                            : ActRefusedException.Reason.NO_SUCH_PATIENT);
        }
        requireOne(studyInstanceUid, versions, chosen);
        return life.choosePatient(
                studyInstanceUid,
                seen,
                versions.stream()
                        .map(version -> new StudyLife.NamedInstance(version.id(), version.patient()))
                        .toList(),
                patients.withUnknown(versions, chosen),
                by);
    }

    private List<Version> versions(String studyInstanceUid) {
        try {
            return patients.versions(studyInstanceUid);
        } catch (IOException e) {
            throw PatientsInDoubt.unread(studyInstanceUid, e);
        }
    }

    private void requireOne(String studyInstanceUid, List<Version> versions, Set<String> chosen) {
        Map<String, PatientValues> said = rows.said(studyInstanceUid);
        versions.stream()
                .filter(version -> version.values() != null)
                .forEach(version -> said.put(version.patient(), version.values()));
        boolean known = chosen.size() == 1 || said.keySet().containsAll(chosen);
        List<PatientValues> values =
                chosen.stream().filter(said::containsKey).map(said::get).toList();
        if (!known || !SamePatient.mayBeOne(values, NobodysValues.of(ConfigProvider.getConfig()))) {
            throw new ActRefusedException(ActRefusedException.Reason.SEVERAL_PATIENTS);
        }
    }
}
