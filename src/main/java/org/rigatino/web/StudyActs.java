package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.study.StudyLife;

/** What administrators do with a study that was refused. */
@Path("/api/studies")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Studies")
public class StudyActs {
    @Inject
    PatientsInDoubt patients;

    @Inject
    PatientDecision decision;

    @Inject
    StudyLife life;

    @Inject
    Caller caller;

    /**
     * @param patients names of patients, as the study's patients are listed
     * @param version that the list had
     */
    public record Choice(Set<String> patients, String version) {}

    @GET
    @Path("{studyInstanceUid}/patients")
    @Operation(
            summary = "The patients that the instances of a study refused as patient-identity name, read from their"
                    + " files; each look is audited")
    public List<PatientView> patients(String studyInstanceUid) {
        return PatientView.of(patients.look(studyInstanceUid, caller.actor()));
    }

    @POST
    @Path("{studyInstanceUid}/patient")
    @Operation(
            summary = "Says who of them is the study's patient: their instances go on in a new revision, others are set"
                    + " aside, and results made of those are withdrawn; 409 where the list is not what it was any more")
    public StudyLife.Decided choose(String studyInstanceUid, Choice choice) {
        if (choice == null
                || choice.patients() == null
                || choice.patients().stream().anyMatch(Objects::isNull)) {
            throw new BadRequestException("the body must name the \"patients\" that are right, as they are listed");
        }
        if (choice.version() == null) {
            throw new BadRequestException("the body must name the \"version\" of the list of patients that you saw");
        }
        return decision.choose(studyInstanceUid, choice.version(), choice.patients(), caller.actor());
    }

    @POST
    @Path("{studyInstanceUid}/judge-anew")
    @Operation(summary = "Has what of a study was refused, or could not be read, judged again in a new revision")
    public StudyLife.Judged judgeAnew(String studyInstanceUid) {
        return life.judgeAnew(studyInstanceUid, caller.actor());
    }
}
