package org.rigatino.ingest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.Caller;
import org.rigatino.access.UserRole;

/** Who may send, over REST. */
@Path("/api/senders")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Senders")
public class SenderResource {
    @Inject
    Senders senders;

    @Inject
    Caller caller;

    @GET
    @Operation(summary = "The listener, whom its configuration lets send, and who was added to its lists")
    public Senders.View view() {
        return senders.view();
    }

    @POST
    @Operation(
            summary =
                    "Adds a Calling AE Title or the address of a machine to a list that the configuration has, in force"
                            + " at once; 400 where it is none, 409 where it may send already or the configuration has no such list")
    public AddedSender add(@QueryParam("aeTitle") String aeTitle, @QueryParam("address") String address) {
        return act(aeTitle, address, (kind, value) -> senders.add(kind, value, caller.actor()));
    }

    @DELETE
    @Operation(
            summary = "Takes out one that was added; 404 where it was not. Associations that it has end by themselves")
    public void remove(@QueryParam("aeTitle") String aeTitle, @QueryParam("address") String address) {
        act(aeTitle, address, (kind, value) -> {
            senders.remove(kind, value, caller.actor());
            return null;
        });
    }

    private static <T> T act(String aeTitle, String address, BiFunction<AddedSender.Kind, String, T> act) {
        if ((aeTitle == null) == (address == null)) {
            throw new BadRequestException("name one of \"aeTitle\" and \"address\"");
        }
        return aeTitle != null
                ? act.apply(AddedSender.Kind.AE_TITLE, aeTitle)
                : act.apply(AddedSender.Kind.ADDRESS, address);
    }
}
