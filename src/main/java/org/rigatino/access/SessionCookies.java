package org.rigatino.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The cookies that hold sessions, of whichever way in. They are all that there is of a session. */
@ApplicationScoped
public class SessionCookies {
    /** Of users of an identity provider; more follow the name where one is too small. */
    private static final String PROVIDER = "q_session";

    @ConfigProperty(name = "quarkus.http.auth.form.cookie-name")
    String form;

    /** What makes a browser forget those that it sent. */
    public NewCookie[] takenBack(HttpHeaders request) {
        return request.getCookies().keySet().stream()
                .filter(name -> name.equals(form) || name.startsWith(PROVIDER))
                .map(name -> new NewCookie.Builder(name)
                        .value("")
                        .path("/")
                        .maxAge(0)
                        .build())
                .toArray(NewCookie[]::new);
    }
}
