package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.access.Actor;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.ingest.StudyPatients.Version;
import org.rigatino.study.ActRefusedException;
import org.rigatino.study.StudyLife;

/** A person says who of the patients that a study's instances name is the study's (IHE RAD-12, RAD-13). */
@ApplicationScoped
public class PatientDecision {
    @Inject
    StudyPatients patients;

    @Inject
    StudyLife life;

    /**
     * @param chosen names of patients, as {@link StudyPatients} lists them; several where one is named in several ways
     * @throws ActRefusedException where nothing was changed
     */
    public StudyLife.Decided choose(String studyInstanceUid, Set<String> chosen, Actor by) {
        List<Version> versions = patients.versions(studyInstanceUid);
        Set<String> named = versions.stream().map(Version::patient).collect(Collectors.toSet());
        if (chosen.isEmpty() || !named.containsAll(chosen)) {
            throw new ActRefusedException(
                    versions.isEmpty()
                            ? ActRefusedException.Reason.UNKNOWN_STUDY
                            : ActRefusedException.Reason.NO_SUCH_PATIENT);
        }
        return life.choosePatient(
                studyInstanceUid,
                versions.stream()
                        .map(version -> new StudyLife.NamedInstance(version.id(), version.patient()))
                        .toList(),
                patients.withUnknown(versions, chosen),
                by);
    }
}
