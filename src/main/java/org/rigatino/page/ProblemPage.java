package org.rigatino.page;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/** What a program is told as {@code application/problem+json} (RFC 9457), a browser is told as a page. */
@Provider
public class ProblemPage implements ContainerResponseFilter {
    private static final Pattern FOR_PROGRAMS = Pattern.compile("/?(api|dicom-web|q)(/.*)?");

    @Inject
    Visit visit;

    @CheckedTemplate(basePath = "pages")
    static final class Templates {
        static native TemplateInstance problem(Visit visit, int status, String detail);

        static native TemplateInstance refused(Visit visit, String detail);

        private Templates() {}
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String accepted = request.getHeaderString(HttpHeaders.ACCEPT);
        if (response.getEntity() instanceof HttpProblem problem
                && accepted != null
                && accepted.contains(MediaType.TEXT_HTML)
                && !isForPrograms(request.getUriInfo().getPath())) {
            TemplateInstance page = response.getStatus() == Response.Status.FORBIDDEN.getStatusCode()
                    ? Templates.refused(visit, detail(problem))
                    : Templates.problem(visit, response.getStatus(), detail(problem));
            response.setEntity(
                    page.setLocale(visit.getLanguage().locale()).render(),
                    null,
                    MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
        }
    }

    static boolean isForPrograms(String path) {
        return FOR_PROGRAMS.matcher(path).matches();
    }

    /** Null where it says no more than its status does. */
    private static String detail(HttpProblem problem) {
        String detail = problem.getDetail();
        return detail == null || detail.startsWith("HTTP ") || detail.startsWith("Unable to find matching target")
                ? null
                : detail;
    }
}
