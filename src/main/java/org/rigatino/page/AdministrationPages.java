package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.deliver.DestinationActs;
import org.rigatino.deliver.DestinationEcho;
import org.rigatino.deliver.Echo;
import org.rigatino.identity.EffectChangedException;
import org.rigatino.identity.ListedMessages;
import org.rigatino.identity.MessageEffect;
import org.rigatino.identity.TakenBackMessages;
import org.rigatino.study.StudyLife;

/** What those see who operate: destinations, and what failed. */
@Path("/administration")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class AdministrationPages {
    @Inject
    AdministrationContents contents;

    @Inject
    DestinationEcho echo;

    @Inject
    StudyLife life;

    @Inject
    DestinationActs acts;

    @Inject
    ListedMessages listed;

    @Inject
    TakenBackMessages messages;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance administration(
                Visit visit, AdministrationContents.Administration administration, AdministrationOutcome outcome);

        static native TemplateInstance patientMessage(Visit visit, MessageEffect effect, boolean changed);

        private Templates() {}
    }

    /**
     * @param replayed how many revisions the replay put to work that the browser comes back from
     * @param settled number of the message of a patient that was taken back or let in, with how many studies are shown otherwise
     * @param refused page of refused studies, from 0
     * @param changed what was added or removed, by {@code name}
     */
    @GET
    @Operation(hidden = true)
    public Response show(
            @QueryParam("replayed") Integer replayed,
            @QueryParam("refused") @DefaultValue("0") @Min(0) @Max(1_000_000) int refused,
            @QueryParam("settled") Long settled,
            @QueryParam("let-in") boolean letIn,
            @QueryParam("studies") int studies,
            @QueryParam("later") int later,
            @QueryParam("copies") int copies,
            @QueryParam("changed") AdministrationOutcome.Changed.What changed,
            @QueryParam("name") String name) {
        if (changed != null && name != null) {
            return changed(new AdministrationOutcome.Changed(changed, name));
        }
        AdministrationOutcome outcome = settled == null
                ? AdministrationOutcome.ofReplay(replayed)
                : AdministrationOutcome.ofMessage(
                        new AdministrationOutcome.Settled(settled, letIn, studies, later, copies));
        return visit.page(Response.Status.OK, Templates.administration(visit, contents.now(refused), outcome));
    }

    private Response changed(AdministrationOutcome.Changed changed) {
        AdministrationContents.Administration now = contents.now(0);
        return visit.page(
                Response.Status.OK,
                Templates.administration(
                        visit, now, AdministrationOutcome.ofChange(changed.holds(now) ? changed : null)));
    }

    /** Where it is told. */
    static Response to(AdministrationOutcome.Changed.What changed, String name) {
        return Response.seeOther(UriBuilder.fromPath("/administration")
                        .queryParam("changed", changed)
                        .queryParam("name", "{name}")
                        .build(name))
                .build();
    }

    /** Shows the page with the outcome; asking again changes nothing. */
    @POST
    @Path("destinations/{name}/echo")
    @Operation(hidden = true)
    public Response echo(String name) {
        AdministrationOutcome outcome;
        try {
            Echo came = echo.echo(name, visit.actor())
                    .orElseThrow(() ->
                            new NotFoundException("no destination " + name + " is in rigatino.deliver.destinations"));
            outcome = AdministrationOutcome.ofEcho(came);
        } catch (IllegalStateException e) {
            outcome = AdministrationOutcome.ofBusy(name);
        }
        return page(outcome);
    }

    @POST
    @Path("destinations/{name}/cancel")
    @Operation(hidden = true)
    public Response cancel(String name) {
        return act(() -> acts.cancel(name, visit.actor()));
    }

    @POST
    @Path("destinations/{name}/repeat")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response repeat(String name, @FormParam("place") String place, @FormParam("repeatable") Long repeatable) {
        if (place == null || repeatable == null) {
            throw new BadRequestException(
                    "the form must name the \"place\" and how many are \"repeatable\", as they were shown");
        }
        return act(() -> acts.repeat(name, DestinationActs.Again.shown(place, repeatable), visit.actor()));
    }

    private Response act(Runnable act) {
        try {
            act.run();
        } catch (IllegalStateException e) {
            return page(Response.Status.CONFLICT, AdministrationOutcome.ofRefusal(e, visit.getLanguage()));
        }
        return Response.seeOther(UriBuilder.fromPath("/administration").build()).build();
    }

    /**
     * One of the two.
     *
     * @param study Study Instance UID
     * @param stage at which studies failed, all of which are tried again
     */
    @POST
    @Path("replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response replay(@FormParam("study") String study, @FormParam("stage") String stage) {
        if ((study == null) == (stage == null)) {
            throw new BadRequestException("the form must name a \"study\" or a \"stage\"");
        }
        int revisions = study != null ? life.replay(study, visit.actor()) : life.replayAll(stage, visit.actor());
        return Response.seeOther(UriBuilder.fromPath("/administration")
                        .queryParam("replayed", revisions)
                        .build())
                .build();
    }

    /** By its number in the trail. */
    @GET
    @Path("patient-messages")
    @Operation(hidden = true)
    public Response message(@QueryParam("message") Long message) {
        if (message == null) {
            throw new BadRequestException("the address must name a \"message\"");
        }
        return visit.page(
                Response.Status.OK,
                Templates.patientMessage(visit, listed.effect(message).orElseThrow(() -> noMessage(message)), false));
    }

    /**
     * @param seen that the visitor has seen what it changes
     * @param effect digest of what they saw
     */
    @POST
    @Path("patient-messages")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response settle(
            @FormParam("message") Long message,
            @FormParam("seen") boolean seen,
            @FormParam("effect") String effect,
            @FormParam("let-in") boolean letIn) {
        if (message == null || !seen || effect == null) {
            throw new BadRequestException(
                    "the form must name a \"message\" and the \"effect\" that was shown, and say that it was \"seen\"");
        }
        TakenBackMessages.Settled settled;
        try {
            settled = (letIn
                            ? messages.letIn(message, effect, visit.actor(), Instant.now())
                            : messages.takeBack(message, effect, visit.actor(), Instant.now()))
                    .orElseThrow(() -> noMessage(message));
        } catch (EffectChangedException e) {
            return visit.page(Response.Status.CONFLICT, Templates.patientMessage(visit, e.effect(), true));
        }
        return Response.seeOther(UriBuilder.fromPath("/administration")
                        .queryParam("settled", message)
                        .queryParam("let-in", letIn)
                        .queryParam("studies", settled.studies())
                        .queryParam("later", settled.later())
                        .queryParam("copies", settled.copies())
                        .build())
                .build();
    }

    private static NotFoundException noMessage(long message) {
        return new NotFoundException(
                "no message of a patient has the number " + message + ", or it was taken back or let in before");
    }

    private Response page(AdministrationOutcome outcome) {
        return page(Response.Status.OK, outcome);
    }

    private Response page(Response.Status status, AdministrationOutcome outcome) {
        return visit.page(status, Templates.administration(visit, contents.now(0), outcome));
    }
}
