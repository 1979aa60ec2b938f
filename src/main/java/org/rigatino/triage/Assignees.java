package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rigatino.access.SignIn;
import org.rigatino.access.User;
import org.rigatino.access.UserRole;

/** Who may be given a study: a study that is with nobody who reads the list would wait unseen. */
@ApplicationScoped
class Assignees {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@ -]{0,127}");
    private static final Set<String> ROLES = Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST);

    @Inject
    SignIn signIn;

    /** Its users are not known here: any name that could be one is taken. */
    @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false")
    boolean identityProvider;

    /** @throws IllegalArgumentException that says why not */
    void check(String name, String actor) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw WorklistReason.NO_NAME.wrong();
        }
        if (name.equals(actor)) {
            return;
        }
        User user = signIn.user(name).orElse(null);
        if (user == null && !identityProvider) {
            throw WorklistReason.NO_USER.wrong(name);
        }
        if (user != null && user.roles().stream().noneMatch(ROLES::contains)) {
            throw WorklistReason.NO_READER.wrong(name);
        }
    }
}
