package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.answer.ReleaseAnswers;
import org.rigatino.web.ModelQueries;
import org.rigatino.web.ModelView;

/** The model releases in service as pages: what they are for, what they miss, and how their scores lie now. */
@Path("/models")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class ModelPages {
    @Inject
    ModelQueries queries;

    @Inject
    ReleaseAnswers answers;

    @Inject
    Visit visit;

    @Inject
    Refusals refusals;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance models(Visit visit, List<ModelContents> models, List<ModelQueries.Gone> gone);

        static native TemplateInstance model(Visit visit, ModelContents contents);

        static native TemplateInstance modelUnknown(Visit visit, String digest);

        static native TemplateInstance modelsAbsent(Visit visit, String reason);

        private Templates() {}
    }

    @GET
    @Operation(hidden = true)
    public Response list() throws SQLException {
        List<ModelContents> models = queries.all().stream()
                .map(model -> new ModelContents(model, null, null))
                .toList();
        return visit.page(Response.Status.OK, Templates.models(visit, models, queries.gone()));
    }

    @GET
    @Path("{digest}")
    @Operation(hidden = true)
    public Response show(String digest) throws SQLException, IOException {
        Optional<ModelView> model = queries.find(digest);
        if (model.isEmpty()) {
            return visit.page(Response.Status.NOT_FOUND, Templates.modelUnknown(visit, digest));
        }
        ModelContents contents = new ModelContents(
                model.get(), queries.card(digest).map(ModelCard::html).orElse(null), answers.of(digest));
        return visit.page(Response.Status.OK, Templates.model(visit, contents));
    }

    @ServerExceptionMapper(ServiceUnavailableException.class)
    public Response absent(ServiceUnavailableException noneHere) {
        return visit.page(Response.Status.SERVICE_UNAVAILABLE, Templates.modelsAbsent(visit, noneHere.getMessage()));
    }

    @ServerExceptionMapper(UnauthorizedException.class)
    public Uni<Response> signIn(RoutingContext request) {
        return refusals.signIn(request);
    }

    @ServerExceptionMapper(ForbiddenException.class)
    public Response forbidden() {
        return refusals.forbidden();
    }
}
