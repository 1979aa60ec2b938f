package org.rigatino.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The audit trail beyond its database. */
@ConfigMapping(prefix = "rigatino.audit")
public interface AuditConfiguration {
    /** Audit Source ID of messages (PS3.15 A.5), and whose configuration is compared; the host's name where absent. */
    Optional<String> sourceId();

    /** A file that anchors are appended to, best on another machine's disk; they are logged in any case. */
    Optional<Path> anchors();

    /** Time between anchors, if rows were added. */
    @WithDefault("PT1H")
    Duration anchorEvery();

    Syslog syslog();

    /** Where PS3.15 A.5 messages go; nowhere without a host. */
    interface Syslog {
        /** Name or address of the receiver. */
        Optional<String> host();

        /** Port of the receiver, 6514 being that of syslog over TLS (RFC 5425 4.1). */
        @WithDefault("6514")
        @Min(1) @Max(65535) int port();

        /** Name of the {@code quarkus.tls} configuration with trust, and with a key where the receiver asks for one. */
        Optional<String> tls();

        /** Longest wait for the connection, and then for the receiver to read a batch of at most 500 rows and to close. */
        @WithDefault("PT10S")
        Duration timeout();

        /**
         * Whether messages count as sent only once the receiver has answered the end of the connection with its own:
         * RFC 5425 has no other sign that it has read them.
         */
        @WithDefault("true")
        boolean awaitClose();
    }
}
