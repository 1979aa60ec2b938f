package org.rigatino.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The key that seals the cookies of sessions. */
public final class SessionKey {
    private static final String PROPERTY = "quarkus.http.auth.session.encryption-key";

    private SessionKey() {}

    /**
     * Makes one where none is configured: sessions end with the process then. Quarkus would make one too, and write it
     * into the log.
     */
    public static void provide(Optional<String> configured) {
        if (configured.isEmpty()) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            System.setProperty(PROPERTY, HexFormat.of().formatHex(key));
        }
    }

    public static String property() {
        return PROPERTY;
    }
}
