package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;
import org.rigatino.identity.EffectChangedException;
import org.rigatino.identity.ListedMessages;
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
    Caller caller;

    @Inject
    ListedMessages listed;

    @Inject
    TakenBackMessages messages;

    /**
     * @param studies that are shown otherwise now
     * @param later how many are shown anew in the next seconds, since one transaction shows 200
     */
    public record TakenBack(int studies, int later) {}

    /**
     * What an act would change.
     *
     * @param all false where others may be shown otherwise, too
     */
    public record Effect(
            Map<String, List<IdentityAttribute>> studies,
            @Schema(
                            description =
                                    "false where more IDs or studies are joined with the message's than are looked at (TOO_MANY_JOINED): others"
                                            + " may be shown otherwise, too")
                    boolean all) {}

    @GET
    @Operation(
            summary = "Updates and merges of patients that came by HL7, the last first, without whose they are",
            description = "The trail names the studies of each: PATIENT_CORRECTED, message and its id."
                    + " notApplied: why it changed no study when it came; by what came later it may count now")
    public List<PatientMessageView> list() {
        return listed.list();
    }

    @GET
    @Path("{id}/effect")
    @Operation(
            summary = "Which studies would be shown otherwise if one were taken back, or let in where it is held",
            description =
                    "studies: by Study Instance UID, with the attributes of the patient that would change, and no value."
                            + " ETag names it, for If-Match of the act")
    public RestResponse<Effect> effect(long id) {
        return listed.effect(id)
                .map(effect -> ResponseBuilder.ok(new Effect(effect.studies(), effect.all()))
                        .tag(effect.digest())
                        .build())
                .orElseThrow(() -> new NotFoundException("no message of a patient has the id " + id));
    }

    @POST
    @Path("{id}/let-in")
    @Operation(
            summary = "Lets one in that was taken back before it came again",
            description =
                    "404 where there is none with the id, or it is not held. 412 where If-Match names another effect than it has now")
    public TakenBack letIn(long id, @HeaderParam("If-Match") String seen) {
        return settled(() -> messages.letIn(id, tag(seen), caller.actor(), Instant.now()))
                .map(settled -> new TakenBack(settled.studies(), settled.later()))
                .orElseThrow(() ->
                        new NotFoundException("no message of a patient with the id " + id + " waits to be let in"));
    }

    @POST
    @Path("{id}/take-back")
    @Operation(
            summary =
                    "Takes one back that was wrong: its studies are shown as if it had never come, which cannot be undone",
            description =
                    "404 where there is none with the id, or it was taken back before. 412 where If-Match names another effect than it has now")
    public TakenBack takeBack(long id, @HeaderParam("If-Match") String seen) {
        return settled(() -> messages.takeBack(id, tag(seen), caller.actor(), Instant.now()))
                .map(settled -> new TakenBack(settled.studies(), settled.later()))
                .orElseThrow(() -> new NotFoundException(
                        "no message of a patient has the id " + id + ", or it was taken back before"));
    }

    private static Optional<TakenBackMessages.Settled> settled(Supplier<Optional<TakenBackMessages.Settled>> act) {
        try {
            return act.get();
        } catch (EffectChangedException e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.PRECONDITION_FAILED);
        }
    }

    /** Without its quotes (RFC 9110 8.8.3); null where there is none, or any will do. */
    private static String tag(String seen) {
        return seen == null || seen.strip().equals("*") ? null : seen.strip().replaceAll("^\"|\"$", "");
    }
}
