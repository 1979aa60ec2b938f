package org.rigatino.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Users of the built-in store, over REST. */
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(UserRole.ADMINISTRATOR)
@Tag(name = "Users")
public class UserResource {
    @Inject
    UserChanges changes;

    @Inject
    UserPasswords passwords;

    @Inject
    Caller caller;

    @GET
    @Operation(summary = "Who signs in by name and password; users of an identity provider are not kept here")
    public UserChanges.View view() {
        return changes.view();
    }

    @POST
    @Operation(
            summary = "Adds a user, who may sign in at once; 400 where name, roles or password cannot be, 409 where the"
                    + " name is taken, or where nobody had to sign in and this is no administrator")
    public UserView add(NewUser entered) {
        if (entered == null) {
            throw new BadRequestException("the body must say who is to be added: name, roles, password");
        }
        return passwords.add(entered, caller.actor());
    }

    @PUT
    @Path("{name}/roles")
    @Operation(
            summary = "Gives a user, seen in this version, other roles, in force for open sessions at once; 409 where"
                    + " somebody was quicker or no administrator would be left, 400 where it is the caller's own role of"
                    + " an administrator that is lost, unless own=true")
    public UserView roles(
            String name, @QueryParam("version") Long version, @QueryParam("own") boolean own, Set<String> roles) {
        return changes.setRoles(name, required(version), roles, own, caller.actor());
    }

    @PUT
    @Path("{name}/password")
    @Operation(
            summary = "Gives a user, seen in this version, a new password; unlocks, and ends the sessions that the"
                    + " earlier one began; 409 where somebody was quicker")
    public UserView password(String name, @QueryParam("version") Long version, NewPassword entered) {
        if (entered == null) {
            throw new BadRequestException("the body must have the new \"password\"");
        }
        return passwords.set(name, required(version), entered.password(), caller.actor());
    }

    @POST
    @Path("{name}/disable")
    @Operation(
            summary = "Ends the access of a user, seen in this version, at once; 409 where somebody was quicker or no"
                    + " administrator would be left, 400 where it is the caller's own, unless own=true")
    public UserView disable(String name, @QueryParam("version") Long version, @QueryParam("own") boolean own) {
        return changes.disable(name, required(version), own, caller.actor());
    }

    @POST
    @Path("{name}/enable")
    @Operation(summary = "Gives access back, also to a locked user; 409 where somebody was quicker")
    public UserView enable(String name, @QueryParam("version") Long version) {
        return changes.enable(name, required(version), caller.actor());
    }

    @DELETE
    @Path("{name}")
    @Operation(
            summary = "Takes a user, seen in this version, out at once; 409 where somebody was quicker, or no"
                    + " administrator or no user would be left, 400 where it is the caller's own, unless own=true")
    public void remove(String name, @QueryParam("version") Long version, @QueryParam("own") boolean own) {
        changes.remove(name, required(version), own, caller.actor());
    }

    private static long required(Long version) {
        if (version == null) {
            throw new BadRequestException("the parameter \"version\" is missing: say what was seen");
        }
        return version;
    }
}
