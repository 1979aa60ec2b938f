package org.rigatino.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Where nobody is asked to sign in, whoever comes has every role: see {@link AccessRules}. Asked last. */
@ApplicationScoped
public class OpenMechanism implements HttpAuthenticationMechanism {
    @Inject
    AccessRules rules;

    @Inject
    BlockingSecurityExecutor blocking;

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        return rules.isOpen()
                ? blocking.executeBlocking(() -> rules.hasUsers() ? null : Identities.loopback())
                : Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public int getPriority() {
        return 1;
    }
}
