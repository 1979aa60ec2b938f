package org.rigatino.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthenticationSuccessEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * Audits tokens of machines and of an identity provider: what each request carries is a sign-in once an hour for each
 * name and address. Passwords are audited where they are judged, {@link SignIn}.
 */
@ApplicationScoped
public class SignInRecord {
    private static final int NAMES = 100_000;

    @Inject
    AuditTrail audit;

    @Inject
    SignIn signIn;

    @Inject
    RefusedAddresses addresses;

    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .maximumSize(NAMES)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    void succeeded(@ObservesAsync AuthenticationSuccessEvent event) {
        SecurityIdentity identity = event.getSecurityIdentity();
        String means = identity.getAttribute(Identities.MEANS);
        boolean token = Identities.TOKEN.equals(means);
        if (identity.isAnonymous() || (means != null && !token)) {
            return;
        }
        String name = Identities.name(identity.getPrincipal());
        String address = Client.address(request(event.getEventProperties()));
        String how = token ? "by a machine's token" : "by the identity provider";
        // What cannot be recorded is not told, and is tried with the next request.
        told.asMap().computeIfAbsent(means + " " + name + " " + address, first -> {
            append(EventKind.SIGN_IN, name, how, address);
            return true;
        });
    }

    void failed(@ObservesAsync AuthenticationFailureEvent event) {
        RoutingContext request = request(event.getEventProperties());
        String address = Client.address(request);
        if (request == null
                || request.request().getHeader(HttpHeaders.AUTHORIZATION) == null
                || addresses.isBlocked(address)) {
            return;
        }
        append(EventKind.SIGN_IN_REFUSED, null, "unknown or expired token", address);
        signIn.refused(address);
    }

    void append(EventKind kind, String name, String detail, String address) {
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(
                        new AuditTrail.Event(kind, null, name, detail).by(name).from(address)));
    }

    private static RoutingContext request(Map<String, Object> properties) {
        return properties.get(RoutingContext.class.getName()) instanceof RoutingContext request ? request : null;
    }
}
