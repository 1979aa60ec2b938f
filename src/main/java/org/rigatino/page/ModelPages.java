package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.rigatino.access.UserRole;
import org.rigatino.answer.ReleaseAnswers;
import org.rigatino.release.Comparison;
import org.rigatino.release.Comparisons;
import org.rigatino.release.Promotions;
import org.rigatino.release.ReleaseView;
import org.rigatino.web.ModelQueries;
import org.rigatino.web.ModelView;

/** The model releases that are here as pages: what they are for, what they miss, how their scores lie now, and which serve. */
@Path("/models")
@RolesAllowed({UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR, UserRole.ADMINISTRATOR})
public class ModelPages {
    @Inject
    ModelQueries queries;

    @Inject
    ReleaseAnswers answers;

    @Inject
    Comparisons comparisons;

    @Inject
    Promotions promotions;

    @Inject
    Visit visit;

    /**
     * What an act came to, or why it did not; null where there was none.
     *
     * @param refused null where it was done
     */
    public record Act(Spoken refused) {}

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance models(
                Visit visit,
                List<ModelContents> models,
                List<ReleaseView> absent,
                List<ModelQueries.Gone> gone,
                List<Comparison> comparisons,
                Act act);

        static native TemplateInstance model(Visit visit, ModelContents contents, Act act);

        static native TemplateInstance modelUnknown(Visit visit, String digest);

        static native TemplateInstance modelsAbsent(Visit visit, String reason);

        private Templates() {}
    }

    /** @param done that the visitor's act was done */
    @GET
    @Operation(hidden = true)
    public Response list(@QueryParam("done") boolean done) throws SQLException {
        return list(Response.Status.OK, done ? new Act(null) : null);
    }

    private Response list(Response.Status status, Act act) throws SQLException {
        List<ModelContents> models =
                queries.all().stream().map(ModelContents::listed).toList();
        return visit.page(
                status,
                Templates.models(
                        visit,
                        models,
                        queries.absent(),
                        queries.gone(),
                        visit.isOverseer() ? comparisons.all() : List.of(),
                        act));
    }

    @GET
    @Path("{digest}")
    @Operation(hidden = true)
    public Response show(String digest, @QueryParam("done") boolean done) throws SQLException, IOException {
        return show(Response.Status.OK, digest, done ? new Act(null) : null);
    }

    private Response show(Response.Status status, String digest, Act act) throws SQLException, IOException {
        Optional<ModelView> model = queries.find(digest);
        if (model.isEmpty()) {
            return visit.page(Response.Status.NOT_FOUND, Templates.modelUnknown(visit, digest));
        }
        ModelContents contents = new ModelContents(
                model.get(),
                queries.card(digest).map(ModelCard::html).orElse(null),
                answers.of(digest),
                visit.isOverseer() ? comparisons.of(digest) : List.of());
        return visit.page(status, Templates.model(visit, contents, act));
    }

    /** Of what one in shadow says against what another says. */
    @GET
    @Path("{digest}/beside/{other}.png")
    @Produces("image/png")
    @RolesAllowed({UserRole.AUDITOR, UserRole.ADMINISTRATOR})
    @Operation(hidden = true)
    public Response chart(String digest, String other) {
        Comparisons.Points points = comparisons
                .points(digest, other)
                .orElseThrow(() -> new NotFoundException(digest + " is not in shadow beside " + other));
        try {
            return Response.ok(PercentileChart.png(points, visit.getLanguage())).build();
        } catch (IOException e) {
            throw new ServiceUnavailableException(e.getMessage());
        }
    }

    /**
     * @param others digests of those that serve, as the page showed them
     * @param nobody the digest of what the page says is left to nobody, and may be
     * @param losses the digest of what the page says is lost, and may be
     */
    @POST
    @Path("{digest}/promote")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response promote(
            String digest,
            @FormParam("other") List<String> others,
            @FormParam("nobody") String nobody,
            @FormParam("losses") String losses)
            throws SQLException, IOException {
        Promotions.Meant meant = new Promotions.Meant(given(nobody), given(losses));
        return act(digest, () -> promotions.promote(digest, Optional.of(others), meant, visit.actor()));
    }

    /** @param others digests of those that would serve again, as the page showed them @param nobody as of a promotion */
    @POST
    @Path("{digest}/withdraw")
    @RolesAllowed(UserRole.ADMINISTRATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response withdraw(String digest, @FormParam("other") List<String> others, @FormParam("nobody") String nobody)
            throws SQLException, IOException {
        return act(digest, () -> promotions.withdraw(digest, Optional.of(others), given(nobody), visit.actor()));
    }

    private static String given(String digest) {
        return digest == null || digest.isEmpty() ? null : digest;
    }

    private Response act(String digest, Runnable act) throws SQLException, IOException {
        boolean here = queries.find(digest).isPresent();
        try {
            act.run();
        } catch (NoSuchElementException e) {
            return visit.page(Response.Status.NOT_FOUND, Templates.modelUnknown(visit, digest));
        } catch (IllegalStateException e) {
            Act refused = new Act(Spoken.of(e, visit.getLanguage()));
            return here ? show(Response.Status.CONFLICT, digest, refused) : list(Response.Status.CONFLICT, refused);
        }
        return Response.seeOther(UriBuilder.fromPath(here ? "/models/{digest}" : "/models")
                        .queryParam("done", true)
                        .build(digest))
                .build();
    }

    @ServerExceptionMapper(ServiceUnavailableException.class)
    public Response absent(ServiceUnavailableException noneHere) {
        return visit.page(Response.Status.SERVICE_UNAVAILABLE, Templates.modelsAbsent(visit, noneHere.getMessage()));
    }
}
