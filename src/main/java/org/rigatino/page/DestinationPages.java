package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DestinationChanges;
import org.rigatino.deliver.DestinationEcho;
import org.rigatino.deliver.DestinationReason;
import org.rigatino.deliver.DestinationRemoval;
import org.rigatino.deliver.DestinationSettings;
import org.rigatino.deliver.DestinationView;
import org.rigatino.deliver.Destinations;
import org.rigatino.deliver.OpenDeliveriesException;

/** A destination that an administrator adds, tests, changes, pauses and removes. What was typed stays where it was refused. */
@Path("/administration/destination")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class DestinationPages {
    @Inject
    Destinations destinations;

    @Inject
    DestinationChanges changes;

    @Inject
    DestinationRemoval removal;

    @Inject
    DestinationEcho echo;

    @Inject
    DeliverConfiguration deliver;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance destination(
                Visit visit, DestinationForm form, DestinationView there, DestinationOutcome outcome, String aeTitle);

        private Templates() {}
    }

    /** @param name of one that was added; another, or none, begins a new one */
    @GET
    @Operation(hidden = true)
    public Response show(@QueryParam("name") String name, @QueryParam("saved") boolean saved) {
        DestinationView there = there(name);
        return page(Response.Status.OK, form(name, there), new DestinationOutcome(saved, null, null, null));
    }

    private static DestinationForm form(String name, DestinationView there) {
        return there == null || there.added() == null ? DestinationForm.empty(name) : DestinationForm.of(there.added());
    }

    /** @param act {@code test} asks the archive and saves nothing */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response enter(@BeanParam DestinationForm form, @FormParam("act") String act) {
        try {
            DestinationSettings settings = form.settings();
            if ("test".equals(act)) {
                DestinationOutcome came = new DestinationOutcome(
                        false,
                        null,
                        echo.echo(form.getName(), settings, visit.actor()),
                        DestinationView.entered(form.getName(), settings));
                return page(Response.Status.OK, form, came);
            }
            if (form.isKept()) {
                changes.change(form.getName(), form.versionSeen(), settings, visit.actor());
            } else {
                changes.add(form.getName(), settings, form.openSeen(), visit.actor());
            }
            return to(form.getName());
        } catch (OpenDeliveriesException e) {
            form.inherits(e.open());
            return refused(form, e);
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            return refused(form, e);
        }
    }

    @POST
    @Path("pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response pause(
            @FormParam("name") String name, @FormParam("version") String version, @FormParam("paused") boolean paused) {
        try {
            changes.pause(name, seen("version", version), paused, visit.actor());
            return to(name);
        } catch (IllegalStateException | NoSuchElementException e) {
            return refused(form(name, there(name)), e);
        }
    }

    /** @param open deliveries that were shown to be open, and that the person agreed to end */
    @POST
    @Path("remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response remove(
            @FormParam("name") String name,
            @FormParam("version") String version,
            @FormParam("open") String open,
            @FormParam("agreed") boolean agreed) {
        try {
            if (!agreed) {
                throw DestinationReason.NOT_AGREED.wrong();
            }
            removal.remove(name, seen("version", version), seen("open", open), visit.actor());
            return AdministrationPages.to(AdministrationOutcome.Changed.What.DESTINATION_REMOVED, name);
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            return refused(form(name, there(name)), e);
        }
    }

    private static long seen(String field, String value) {
        Long seen = Given.number(field, value);
        if (seen == null) {
            throw new BadRequestException("the form must say which \"" + field + "\" was seen");
        }
        return seen;
    }

    private DestinationView there(String name) {
        return destinations.list().stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Response to(String name) {
        return Response.seeOther(UriBuilder.fromPath("/administration/destination")
                        .queryParam("name", name)
                        .queryParam("saved", true)
                        .build())
                .build();
    }

    private Response refused(DestinationForm form, RuntimeException cause) {
        Response.Status status =
                cause instanceof IllegalArgumentException ? Response.Status.BAD_REQUEST : Response.Status.CONFLICT;
        return page(status, form, DestinationOutcome.refused(cause, visit.getLanguage()));
    }

    private Response page(Response.Status status, DestinationForm form, DestinationOutcome outcome) {
        return visit.page(
                status, Templates.destination(visit, form, there(form.getName()), outcome, deliver.aeTitle()));
    }
}
