package org.rigatino.page;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.ingest.AddedSender;
import org.rigatino.ingest.Senders;
import org.rigatino.page.AdministrationOutcome.Changed;

/** Who may send, as an administrator adds them and takes them out on the page of administration. */
@Path("/administration/senders")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class SenderPages {
    @Inject
    Senders senders;

    @Inject
    AdministrationContents contents;

    @Inject
    Visit visit;

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response add(@FormParam("kind") String kind, @FormParam("value") String value) {
        return act(Changed.What.SENDER_ADDED, kind, of -> senders.add(of, value, visit.actor())
                .value());
    }

    @POST
    @Path("remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response remove(@FormParam("kind") String kind, @FormParam("value") String value) {
        return act(Changed.What.SENDER_REMOVED, kind, of -> {
            senders.remove(of, value, visit.actor());
            return value;
        });
    }

    private interface Act {
        /** @return which sender */
        String on(AddedSender.Kind kind);
    }

    private Response act(Changed.What changed, String named, Act act) {
        AddedSender.Kind kind = Given.oneOf(AddedSender.Kind.class, "kind", named);
        if (kind == null) {
            throw new BadRequestException("the form must name a \"kind\"");
        }
        try {
            return AdministrationPages.to(changed, act.on(kind));
        } catch (IllegalArgumentException | ConfigurationException e) {
            return refused(Response.Status.BAD_REQUEST, e);
        } catch (IllegalStateException | NoSuchElementException e) {
            return refused(Response.Status.CONFLICT, e);
        }
    }

    private Response refused(Response.Status status, RuntimeException cause) {
        return visit.page(
                status,
                AdministrationPages.Templates.administration(
                        visit, contents.now(0), AdministrationOutcome.ofRefusal(cause, visit.getLanguage())));
    }
}
