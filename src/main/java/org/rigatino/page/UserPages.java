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
import java.util.List;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserChanges;
import org.rigatino.access.UserPasswords;
import org.rigatino.access.UserReason;
import org.rigatino.access.UserRole;
import org.rigatino.access.UserView;

/** Users of the built-in store, as an administrator adds, changes and removes them. No page ever holds a password. */
@Path("/administration/users")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class UserPages {
    private static final String PATH = "/administration/users";

    @Inject
    UserChanges changes;

    @Inject
    UserPasswords passwords;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance users(
                Visit visit,
                UserChanges.View view,
                UserForm form,
                List<String> roles,
                String added,
                String removed,
                Spoken refused);

        static native TemplateInstance user(
                Visit visit, UserView user, boolean self, List<String> roles, boolean saved, Spoken refused);

        private Templates() {}
    }

    private interface Act {
        void on(long version);
    }

    /** @param added who was, or {@code removed}, by the act that the browser comes back from */
    @GET
    @Operation(hidden = true)
    public Response list(@QueryParam("added") String added, @QueryParam("removed") String removed) {
        String there = added != null && changes.find(added).isPresent() ? added : null;
        String gone = removed != null && changes.find(removed).isEmpty() ? removed : null;
        return visit.page(
                Response.Status.OK,
                Templates.users(visit, changes.view(), new UserForm(), UserForm.ROLES, there, gone, null));
    }

    @GET
    @Path("{name}")
    @Operation(hidden = true)
    public Response show(String name, @QueryParam("saved") boolean saved) {
        return changes.find(name)
                .map(user -> one(Response.Status.OK, user, saved, null))
                .orElseGet(() -> list(
                        Response.Status.NOT_FOUND,
                        new UserForm(),
                        Spoken.of(UserReason.NOBODY.unknown(), visit.getLanguage())));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response add(@BeanParam UserForm form) {
        try {
            UserView added = passwords.add(form.entered(), visit.actor());
            return to(UriBuilder.fromPath(PATH).queryParam("added", "{name}"), added.name());
        } catch (IllegalArgumentException | IllegalStateException e) {
            return list(status(e), form, Spoken.of(e, visit.getLanguage()));
        }
    }

    @POST
    @Path("{name}/roles")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response roles(
            String name,
            @FormParam("version") String version,
            @FormParam("role") List<String> roles,
            @FormParam("own") boolean own) {
        return act(name, version, seen -> changes.setRoles(name, seen, UserForm.of(roles), own, visit.actor()));
    }

    @POST
    @Path("{name}/password")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response password(
            String name,
            @FormParam("version") String version,
            @FormParam("password") String password,
            @FormParam("again") String again) {
        return act(name, version, seen -> {
            UserForm.checkTwice(password, again);
            passwords.set(name, seen, password, visit.actor());
        });
    }

    @POST
    @Path("{name}/disable")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response disable(String name, @FormParam("version") String version, @FormParam("own") boolean own) {
        return act(name, version, seen -> changes.disable(name, seen, own, visit.actor()));
    }

    @POST
    @Path("{name}/enable")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response enable(String name, @FormParam("version") String version) {
        return act(name, version, seen -> changes.enable(name, seen, visit.actor()));
    }

    /** @param agreed to the removal of whom the page named, oneself included */
    @POST
    @Path("{name}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response remove(String name, @FormParam("version") String version, @FormParam("agreed") boolean agreed) {
        return act(name, version, seen -> {
            if (!agreed) {
                throw UserReason.NOT_AGREED.wrong();
            }
            changes.remove(name, seen, true, visit.actor());
        });
    }

    private Response act(String name, String version, Act act) {
        Long seen = Given.number("version", version);
        if (seen == null) {
            throw new BadRequestException("the form must say which \"version\" was seen");
        }
        try {
            act.on(seen);
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            Spoken refused = Spoken.of(e, visit.getLanguage());
            return changes.find(name)
                    .map(user -> one(status(e), user, false, refused))
                    .orElseGet(() -> list(status(e), new UserForm(), refused));
        }
        return changes.find(name).isPresent()
                ? to(UriBuilder.fromPath(PATH).path("{name}").queryParam("saved", true), name)
                : to(UriBuilder.fromPath(PATH).queryParam("removed", "{name}"), name);
    }

    private static Response.Status status(RuntimeException cause) {
        return cause instanceof IllegalArgumentException ? Response.Status.BAD_REQUEST : Response.Status.CONFLICT;
    }

    private static Response to(UriBuilder place, Object... values) {
        return Response.seeOther(place.build(values)).build();
    }

    private Response list(Response.Status status, UserForm form, Spoken refused) {
        return visit.page(status, Templates.users(visit, changes.view(), form, UserForm.ROLES, null, null, refused));
    }

    private Response one(Response.Status status, UserView user, boolean saved, Spoken refused) {
        boolean self = user.name().equals(visit.getName());
        return visit.page(status, Templates.user(visit, user, self, UserForm.ROLES, saved, refused));
    }
}
