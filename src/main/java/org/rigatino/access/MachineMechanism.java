package org.rigatino.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rigatino.access.AccessConfiguration.Machine;

/** Bearer tokens of machines. A token of none of them is the identity provider's to judge, where there is one. */
@ApplicationScoped
public class MachineMechanism implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    @Inject
    Machines machines;

    @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false")
    boolean identityProvider;

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        Optional<Map.Entry<String, Machine>> machine =
                machines.byToken(authorization.substring(SCHEME.length()).strip());
        if (machine.isPresent()) {
            return Uni.createFrom()
                    .item(Identities.machine(
                            machine.get().getKey(), machine.get().getValue().roles()));
        }
        return identityProvider
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().failure(new AuthenticationFailedException("no machine has this token"));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }

    /** Before the identity provider's mechanism, which would refuse tokens that are not its own. */
    @Override
    public int getPriority() {
        return 3000;
    }
}
