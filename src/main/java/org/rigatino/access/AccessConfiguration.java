package org.rigatino.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Who may ask over HTTP. People sign in with the built-in user store or an identity provider ({@code quarkus.oidc}). */
@ConfigMapping(prefix = "rigatino.access")
public interface AccessConfiguration {
    /** Machines, by a name of the site's choice that the audit trail shows. */
    Map<String, @Valid Machine> machines();

    @Valid SignIn signIn();

    /**
     * Whether other machines may be served without TLS: only where a proxy before this process ends TLS, since passwords
     * and tokens pass.
     */
    @WithDefault("false")
    boolean plainHttp();

    /** A program that carries a token. */
    interface Machine {
        /** Carried as {@code Authorization: Bearer TOKEN} (RFC 6750); at least 32 random characters. */
        String token();

        /** What it may do: {@code coordinator}, {@code radiologist}, {@code auditor}, {@code administrator}, {@code modality}, {@code monitor}. */
        @NotEmpty Set<String> roles();
    }

    /** How often a wrong password may be given. */
    interface SignIn {
        /** Wrong passwords in a row for one user before the user is locked. */
        @Min(1) @WithDefault("5")
        int userFailures();

        /** How long a user stays locked. */
        @WithDefault("PT5M")
        Duration userLock();

        /** Refused attempts from one address before it is not heard any more. */
        @Min(1) @WithDefault("30")
        int addressFailures();

        /** How long an address is not heard, and how long its refused attempts count. */
        @WithDefault("PT5M")
        Duration addressLock();

        /** After which a session by password ends, whoever is at it: an open worklist asks for itself, and is never idle. */
        @WithDefault("PT12H")
        Duration longestSession();
    }
}
