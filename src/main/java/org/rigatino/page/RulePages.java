package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rigatino.access.UserRole;
import org.rigatino.rule.RuleReason;
import org.rigatino.rule.RulesTried;
import org.rigatino.rule.RulesView;
import org.rigatino.web.RulesQueries;

/** The rules of the house, and what they say of a file that an administrator shows. */
@Path("/administration/rules")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class RulePages {
    @Inject
    RulesQueries queries;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance rules(
                Visit visit, RulesView rules, RulesTried tried, String callingAeTitle, Spoken refused);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response show() {
        return page(Response.Status.OK, null, "", null);
    }

    /** Nothing of the file is kept. */
    @POST
    @Path("try")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Response tryOn(
            @RestForm String callingAeTitle, @RestForm("file") FileUpload file, @RestForm("rules") FileUpload draft)
            throws IOException {
        String sender = callingAeTitle == null ? "" : callingAeTitle;
        if (file == null) {
            return refused(sender, RuleReason.NOTHING_SHOWN.wrong());
        }
        try (InputStream in = Files.newInputStream(file.uploadedFile())) {
            return page(Response.Status.OK, queries.tried(sender, in, draft(draft)), sender, null);
        } catch (IllegalArgumentException e) {
            return refused(sender, e);
        }
    }

    /** A browser sends an empty file where none was chosen. */
    private static Optional<byte[]> draft(FileUpload draft) throws IOException {
        return draft == null || draft.fileName() == null || draft.fileName().isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readAllBytes(draft.uploadedFile()));
    }

    private Response refused(String sender, IllegalArgumentException why) {
        return page(Response.Status.BAD_REQUEST, null, sender, Spoken.of(why, visit.getLanguage()));
    }

    private Response page(Response.Status status, RulesTried tried, String sender, Spoken refused) {
        return visit.page(status, Templates.rules(visit, queries.view(), tried, sender, refused));
    }
}
