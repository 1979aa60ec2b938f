package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rigatino.access.UserRole;
import org.rigatino.rule.RulesOnRecord;
import org.rigatino.rule.RulesTried;
import org.rigatino.rule.RulesView;

/** The rules of the house over REST. */
@Path("/api/rules")
@RolesAllowed(UserRole.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class RulesResource {
    @Inject
    RulesQueries rules;

    @Inject
    RulesOnRecord record;

    /** What is followed, and which of it is likely to be otherwise than was meant. */
    @GET
    public RulesView show() {
        return rules.view();
    }

    /** YAML, as the file was that RULES_FOLLOWED names. @param sha256 in hex */
    @GET
    @Path("followed/{sha256}")
    @Produces(MediaType.TEXT_PLAIN)
    @RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
    public Response followed(String sha256) {
        return record.text(sha256)
                .map(text -> Response.ok(text, MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                        .build())
                .orElseThrow(
                        () -> new NotFoundException("no process followed rules of the house with sha256 " + sha256));
    }

    /**
     * The same by rules that are not in force yet.
     *
     * @param file a DICOM file, or its first part
     * @param rules a file of rules
     */
    @POST
    @Path("try")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RulesTried tryDraft(
            @RestForm String callingAeTitle, @RestForm("file") FileUpload file, @RestForm("rules") FileUpload rules)
            throws IOException {
        if (file == null || rules == null) {
            throw new BadRequestException(
                    "the form must have a DICOM file, \"file\", and a file of rules, \"rules\"; without rules send the"
                            + " DICOM file alone, as application/dicom");
        }
        try (InputStream in = Files.newInputStream(file.uploadedFile())) {
            return this.rules.tried(callingAeTitle, in, Optional.of(Files.readAllBytes(rules.uploadedFile())));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }

    /** Of a DICOM file, or of its first part: what every rule answers, and why. */
    @POST
    @Path("try")
    @Consumes("application/dicom")
    public RulesTried tryOn(@QueryParam("callingAeTitle") String callingAeTitle, InputStream file) throws IOException {
        try {
            return rules.tried(callingAeTitle, file, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }
}
