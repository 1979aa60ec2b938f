package org.rigatino.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
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
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.rigatino.access.UserRole;
import org.rigatino.study.ActRefusedException;
import org.rigatino.study.StudyLife;
import org.rigatino.web.PatientDecision;
import org.rigatino.web.PatientView;
import org.rigatino.web.PatientsInDoubt;

/** What takes a refused study further: who its patient is, or that it is judged anew. Each look at patients is audited. */
@Path("/administration")
@RolesAllowed(UserRole.ADMINISTRATOR)
public class PatientPages {
    /** What an act came to; the first three changed something. */
    public enum Came {
        CHOSEN,
        NOTHING_LEFT,
        JUDGED,
        AT_WORK,
        CHANGED,
        NO_SUCH_PATIENT,
        SEVERAL_PATIENTS,
        FILES_DELETED,
        FILES_UNAVAILABLE,
        NOTHING;

        public boolean isWell() {
            return compareTo(JUDGED) <= 0;
        }

        /** Whether nothing is known of the patients. */
        public boolean isUnread() {
            return this == FILES_UNAVAILABLE;
        }
    }

    @Inject
    PatientsInDoubt patients;

    @Inject
    PatientDecision decision;

    @Inject
    StudyLife life;

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance patients(
                Visit visit, String study, List<PatientView> named, Came came, StudyLife.Possible possible);

        private Templates() {}
    }

    /** @param came of the act that the browser comes back from */
    @GET
    @Path("studies/{studyInstanceUid}")
    @Operation(hidden = true)
    public Response show(String studyInstanceUid, @QueryParam("came") Came came) {
        List<PatientView> named = List.of();
        Came told = came;
        try {
            named = PatientView.of(patients.look(studyInstanceUid, visit.actor()));
        } catch (ActRefusedException e) {
            if (e.reason() == ActRefusedException.Reason.UNKNOWN_STUDY) {
                return visit.page(Response.Status.NOT_FOUND, StudyPages.Templates.unknown(visit));
            }
            if (e.reason() == ActRefusedException.Reason.FILES_UNAVAILABLE) {
                told = Came.FILES_UNAVAILABLE;
            }
        }
        return visit.page(
                Response.Status.OK,
                Templates.patients(visit, studyInstanceUid, named, told, life.possible(studyInstanceUid)));
    }

    /**
     * @param chosen as the page lists them
     * @param version of that list
     */
    @POST
    @Path("studies/{studyInstanceUid}/patient")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response choose(
            String studyInstanceUid, @FormParam("patient") List<String> chosen, @FormParam("version") String version) {
        if (version == null) {
            throw new BadRequestException("the form must name the \"version\" of the list of patients that you saw");
        }
        Set<String> right = chosen == null ? Set.of() : Set.copyOf(chosen);
        return after(studyInstanceUid, () -> {
            StudyLife.Decided decided = decision.choose(studyInstanceUid, version, right, visit.actor());
            return decided.revision() == null ? Came.NOTHING_LEFT : Came.CHOSEN;
        });
    }

    @POST
    @Path("studies/{studyInstanceUid}/judge-anew")
    @Operation(hidden = true)
    public Response judgeAnew(String studyInstanceUid) {
        return after(studyInstanceUid, () -> {
            life.judgeAnew(studyInstanceUid, visit.actor());
            return Came.JUDGED;
        });
    }

    private Response after(String studyInstanceUid, Supplier<Came> act) {
        Came came;
        try {
            came = act.get();
        } catch (ActRefusedException e) {
            came = switch (e.reason()) {
                case UNKNOWN_STUDY -> null;
                case NO_DOUBT -> Came.NOTHING;
                default -> Came.valueOf(e.reason().name());
            };
        }
        return came == null
                ? visit.page(Response.Status.NOT_FOUND, StudyPages.Templates.unknown(visit))
                : Response.seeOther(UriBuilder.fromPath("/administration/studies/{study}")
                                .queryParam("came", came)
                                .build(studyInstanceUid))
                        .build();
    }
}
