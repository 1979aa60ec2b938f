package org.rigatino.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Set;

/** Who asks, as Quarkus knows them. */
final class Identities {
    /** How they proved it; absent where an identity provider says so. */
    static final String MEANS = "rigatino.means";

    static final String TOKEN = "token";
    private static final String PASSWORD = "password";
    private static final String NONE = "none";

    private Identities() {}

    static SecurityIdentity of(User user) {
        return of(user.name(), user.roles(), PASSWORD);
    }

    static SecurityIdentity machine(String name, Set<String> roles) {
        return of(name, roles, TOKEN);
    }

    /** Where nobody is asked to sign in. */
    static SecurityIdentity loopback() {
        return of("loopback", Set.copyOf(UserRole.ALL), NONE);
    }

    private static SecurityIdentity of(String name, Set<String> roles, String means) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(roles)
                .addAttribute(MEANS, means)
                .build();
    }
}
