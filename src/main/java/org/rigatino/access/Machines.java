package org.rigatino.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.access.AccessConfiguration.Machine;

/** The configured machines and their tokens. */
@ApplicationScoped
public class Machines {
    private static final int SHORTEST_TOKEN = 32;

    @Inject
    AccessConfiguration configuration;

    boolean isEmpty() {
        return configuration.machines().isEmpty();
    }

    /** Every token is compared, each in a time that does not depend on where it differs. */
    Optional<Map.Entry<String, Machine>> byToken(String token) {
        Map.Entry<String, Machine> found = null;
        for (Map.Entry<String, Machine> machine : configuration.machines().entrySet()) {
            if (MessageDigest.isEqual(bytes(token), bytes(machine.getValue().token()))) {
                found = machine;
            }
        }
        return Optional.ofNullable(found);
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws ConfigurationException where a token is weak or shared, or a role does not exist; tokens are not told */
    void check() {
        Set<String> tokens = new HashSet<>();
        configuration.machines().forEach((name, machine) -> {
            String property = "rigatino.access.machines." + name;
            if (machine.token().length() < SHORTEST_TOKEN) {
                throw new ConfigurationException(
                        property + ".token is too short: use at least " + SHORTEST_TOKEN + " random characters");
            }
            if (!tokens.add(machine.token())) {
                throw new ConfigurationException(property + ".token is another machine's too: give each its own");
            }
            machine.roles().stream()
                    .filter(role -> !UserRole.ALL.contains(role))
                    .forEach(role -> {
                        throw new ConfigurationException(property + ".roles: there is no role " + role + ", only "
                                + String.join(", ", UserRole.ALL));
                    });
        });
    }
}
