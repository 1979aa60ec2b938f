package org.rigatino.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rule that other machines see nothing before someone can sign in. */
@ApplicationScoped
public class AccessRules {
    @Inject
    Machines machines;

    @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false")
    boolean identityProvider;

    @ConfigProperty(name = "quarkus.http.host")
    String host;

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        machines.check();
        if (!isLoopback(host) && !asksToSignIn()) {
            throw new ConfigurationException("quarkus.http.host " + host + " can be reached from other machines, and"
                    + " anyone could read: set rigatino.access.machines.NAME.token and .roles or quarkus.oidc, or"
                    + " listen on 127.0.0.1");
        }
    }

    private boolean asksToSignIn() {
        return identityProvider || !machines.isEmpty();
    }

    /** Whether everything is open to whoever reaches this process, which is this machine alone. */
    boolean isOpen() {
        return !asksToSignIn();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException("quarkus.http.host: the host " + host + " is not known", e);
        }
    }
}
