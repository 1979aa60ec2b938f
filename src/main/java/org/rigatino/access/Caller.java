package org.rigatino.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;

/** Who calls a REST resource, by the request that it answers. */
@RequestScoped
public class Caller {
    @Inject
    SecurityIdentity identity;

    @Context
    SecurityContext security;

    @Context
    HttpServerRequest request;

    public Actor actor() {
        return Actor.of(security.getUserPrincipal(), request);
    }

    public Set<String> roles() {
        return identity.getRoles();
    }
}
