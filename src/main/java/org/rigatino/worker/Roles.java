package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this process does. */
@ApplicationScoped
public class Roles {
    static final String PROPERTY = "rigatino.roles";
    static final String ALL = "listener,worker,web";

    private final Set<Role> roles;

    Roles(@ConfigProperty(name = PROPERTY, defaultValue = ALL) Set<Role> roles) {
        this.roles = Set.copyOf(roles);
    }

    public boolean include(Role role) {
        return roles.contains(role);
    }

    /** As the setting names them. */
    @Override
    public String toString() {
        return roles.stream()
                .sorted()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
