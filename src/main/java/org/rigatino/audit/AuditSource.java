package org.rigatino.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who this process is in the trail. */
@ApplicationScoped
public class AuditSource {
    @Inject
    AuditConfiguration configuration;

    /** AuditSourceID, PS3.15 A.5.2. */
    public String id() {
        return configuration.sourceId().orElseGet(AuditSource::host);
    }

    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /**
     * The account of the operating system that this process runs as, {@code os:root}: who starts it or gives a command at the
     * server. No name of Rigatino's users has a colon.
     */
    public static String account() {
        return "os:" + System.getProperty("user.name");
    }
}
