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

    @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled")
    String insecureRequests;

    @Inject
    AccessConfiguration configuration;

    @Inject
    SignIn signIn;

    /** Once there are users there always are: the last is never removed. */
    private volatile boolean users;

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        machines.check();
        boolean open = isOpen() && !hasUsers();
        if (isLoopback(host)) {
            return;
        }
        if (open) {
            throw new ConfigurationException("quarkus.http.host " + host + " can be reached from other machines, and"
                    + " anyone could read: add an administrator with ./rigatino user add NAME --role administrator,"
                    + " or set quarkus.oidc or rigatino.access.machines (docs/security.md), or listen on 127.0.0.1");
        }
        if (!configuration.plainHttp() && insecureRequests.equalsIgnoreCase("enabled")) {
            throw new ConfigurationException("quarkus.http.host " + host + " can be reached from other machines, and"
                    + " passwords would pass in clear: set quarkus.tls and quarkus.http.insecure-requests=disabled, or"
                    + " rigatino.access.plain-http=true where a proxy before this process ends TLS");
        }
    }

    /** Whether everything is open to whoever reaches this process, which is this machine alone, as far as is known. */
    public boolean isOpen() {
        return !identityProvider && machines.isEmpty() && !users;
    }

    /** Whether people may come from one, whose users are not kept here. */
    public boolean hasIdentityProvider() {
        return identityProvider;
    }

    /** Blocks. A user added while this process runs closes it at once. */
    boolean hasUsers() {
        users = users || signIn.hasUsers();
        return users;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException("quarkus.http.host: the host " + host + " is not known", e);
        }
    }
}
