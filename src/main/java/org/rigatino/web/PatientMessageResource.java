package org.rigatino.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Actor;
import org.rigatino.access.UserRole;
import org.rigatino.identity.PatientMessageView;
import org.rigatino.identity.TakenBackMessages;
import org.rigatino.patient.IdentityAttribute;

/** Updates and merges of patients that came by HL7, and their being taken back. */
@Path("/api/patient-messages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Patients")
public class PatientMessageResource {
    @Inject
    TakenBackMessages messages;

    /** @param studies that are shown otherwise now */
    public record TakenBack(int studies) {}

    @GET
    @Operation(
            summary = "Updates and merges of patients that came by HL7, the last first, without whose they are",
            description = "The trail names the studies of each: PATIENT_CORRECTED, message and its id")
    public List<PatientMessageView> list() {
        return messages.list();
    }

    @GET
    @Path("{id}/effect")
    @Operation(
            summary = "Which studies would be shown otherwise if one were taken back, or let in where it is held",
            description = "By Study Instance UID, with the attributes of the patient that would change, and no value")
    public Map<String, List<IdentityAttribute>> effect(long id) {
        return messages.effect(id)
                .map(TakenBackMessages.Effect::studies)
                .orElseThrow(() -> new NotFoundException("no message of a patient has the id " + id));
    }

    @POST
    @Path("{id}/let-in")
    @Operation(
            summary = "Lets one in that was taken back before it came again",
            description = "404 where there is none with the id, or it is not held")
    public TakenBack letIn(long id, @Context SecurityContext caller, @Context HttpServerRequest request) {
        return messages.letIn(id, Actor.of(caller.getUserPrincipal(), request), Instant.now())
                .map(settled -> new TakenBack(settled.studies()))
                .orElseThrow(() ->
                        new NotFoundException("no message of a patient with the id " + id + " waits to be let in"));
    }

    @POST
    @Path("{id}/take-back")
    @Operation(
            summary =
                    "Takes one back that was wrong: its studies are shown as if it had never come, which cannot be undone",
            description = "404 where there is none with the id, or it was taken back before")
    public TakenBack takeBack(long id, @Context SecurityContext caller, @Context HttpServerRequest request) {
        return messages.takeBack(id, Actor.of(caller.getUserPrincipal(), request), Instant.now())
                .map(settled -> new TakenBack(settled.studies()))
                .orElseThrow(() -> new NotFoundException(
                        "no message of a patient has the id " + id + ", or it was taken back before"));
    }
}
