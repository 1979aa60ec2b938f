package org.rigatino.web;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rule that other machines see nothing without a token. */
@ApplicationScoped
public class WebAccess {
    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST_TOKEN = 16;

    @Inject
    WebConfiguration configuration;

    @ConfigProperty(name = "quarkus.http.host")
    String host;

    @ConfigProperty(name = "rigatino.roles", defaultValue = "listener,worker,web")
    Set<String> roles;

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (configuration.token().map(String::length).orElse(SHORTEST_TOKEN) < SHORTEST_TOKEN) {
            throw new ConfigurationException(
                    "rigatino.web.token is too short: use at least " + SHORTEST_TOKEN + " random characters");
        }
        if (configuration.token().isEmpty() && !isLoopback(host)) {
            throw new ConfigurationException("quarkus.http.host " + host + " can be reached from other machines, and"
                    + " anyone could read: set rigatino.web.token, or listen on 127.0.0.1");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException("quarkus.http.host: the host " + host + " is not known", e);
        }
    }

    boolean isServed() {
        return roles.contains("web");
    }

    /** In a time that does not depend on where the two differ. */
    boolean permits(String authorization) {
        if (configuration.token().isEmpty()) {
            return true;
        }
        String expected = SCHEME + configuration.token().get();
        return authorization != null
                && MessageDigest.isEqual(
                        authorization.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
