package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;
import org.rigatino.access.AccessRules;
import org.rigatino.access.Actor;
import org.rigatino.access.UserRole;

/** Who is shown how much. */
@ApplicationScoped
public class IdentityAccess {
    private static final Set<String> READERS = Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST, UserRole.AUDITOR);

    @Inject
    IdentityConfiguration configuration;

    @Inject
    AccessRules rules;

    public Reader reader(Collection<String> roles, Actor actor) {
        return new Reader(of(roles), actor);
    }

    public IdentityLevel of(Collection<String> roles) {
        return roles.stream().anyMatch(READERS::contains)
                ? configuration.identity().orElse(rules.isOpen() ? IdentityLevel.NONE : IdentityLevel.FULL)
                : IdentityLevel.NONE;
    }
}
