package org.rigatino.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.security.Principal;
import java.util.Set;

/** Who asks, as Quarkus knows them. */
public final class Identities {
    /** How they proved it; absent where an identity provider says so. */
    static final String MEANS = "rigatino.means";

    /** Whoever comes where nobody is asked to sign in. */
    static final String LOOPBACK = "loopback";

    static final String TOKEN = "token";
    private static final String PASSWORD = "password";
    private static final String NONE = "none";

    private Identities() {}

    /** @param user as they are now */
    static SecurityIdentity of(SessionPrincipal session, User user) {
        return of(session, user.roles(), PASSWORD);
    }

    static SecurityIdentity machine(String name, Set<String> roles) {
        return of(new QuarkusPrincipal(name), roles, TOKEN);
    }

    /** Where nobody is asked to sign in. */
    static SecurityIdentity loopback() {
        return of(new QuarkusPrincipal(LOOPBACK), Set.copyOf(UserRole.ALL), NONE);
    }

    /** Who has not signed in, or not any more. */
    static SecurityIdentity nobody() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(""))
                .setAnonymous(true)
                .build();
    }

    /** Whether they signed in by a password that is kept here. */
    public static boolean isOfStore(Principal principal) {
        return principal instanceof SessionPrincipal;
    }

    /** The name that people know, of whoever Quarkus says it is. */
    public static String name(Principal principal) {
        return principal instanceof SessionPrincipal session ? session.user() : principal.getName();
    }

    private static SecurityIdentity of(Principal principal, Set<String> roles, String means) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(principal)
                .addRoles(roles)
                .addAttribute(MEANS, means)
                .build();
    }
}
