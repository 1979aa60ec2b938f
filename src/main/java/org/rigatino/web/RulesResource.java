package org.rigatino.web;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.rigatino.access.UserRole;
import org.rigatino.rule.RulesTried;
import org.rigatino.rule.RulesView;

/** The rules of the house over REST. */
@Path("/api/rules")
@RolesAllowed(UserRole.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
public class RulesResource {
    @Inject
    RulesQueries rules;

    /** What is followed, and which of it is likely to be otherwise than was meant. */
    @GET
    public RulesView show() {
        return rules.view();
    }

    /** Of a DICOM file, or of its first part: what every rule answers, and why. */
    @POST
    @Path("try")
    @Consumes("application/dicom")
    public RulesTried tryOn(@QueryParam("callingAeTitle") String callingAeTitle, InputStream file) throws IOException {
        try {
            return rules.tried(callingAeTitle, file);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }
}
