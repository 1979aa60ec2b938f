package org.rigatino.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Judges the form of {@code POST /sign-in}. */
@ApplicationScoped
public class PasswordIdentityProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
    @Inject
    SignIn signIn;

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        String address = Client.address(HttpSecurityUtils.getRoutingContextAttribute(request));
        String password = new String(request.getPassword().getPassword());
        return context.runBlocking(() -> attempt(request.getUsername(), password, address)
                .map(user -> Identities.of(SessionPrincipal.begun(user), user))
                .orElseThrow(() -> new AuthenticationFailedException("the name or the password is wrong")));
    }

    private Optional<User> attempt(String name, String password, String address) {
        try {
            return signIn.attempt(name, password, address);
        } catch (IllegalStateException e) {
            if (BusySignIn.isBusy(e)) {
                throw new AuthenticationFailedException(e.getMessage(), e);
            }
            throw e;
        }
    }
}
