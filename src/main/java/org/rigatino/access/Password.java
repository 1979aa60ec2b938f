package org.rigatino.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.nio.charset.StandardCharsets;

/** Passwords as bcrypt hashes. */
final class Password {
    private static final int SHORTEST = 12;
    private static final int FEWEST_DIFFERENT = 5;
    /** What bcrypt looks at, in bytes. */
    private static final int LONGEST = 72;

    /** Of bcrypt: its rounds are two to the power of it. */
    static final int COST = 12;

    /** Of no password: compared where there is no user, so that the time tells nothing. */
    private static final String OF_NOBODY = "$2a$12$aU/L8KIVSOfWD//TMZSheu9sErdJ7QKaiD0wJAE2Coozz9C561HCe";

    private Password() {}

    /** @throws IllegalArgumentException that says why it cannot be one, and does not tell it */
    static void check(String password) {
        if (password == null) {
            throw UserReason.NO_PASSWORD.wrong();
        }
        if (password.length() < SHORTEST) {
            throw UserReason.TOO_SHORT.wrong(SHORTEST);
        }
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            throw UserReason.TOO_PLAIN.wrong(FEWEST_DIFFERENT);
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw UserReason.TOO_LONG.wrong(LONGEST);
        }
    }

    static String hash(String password) {
        return hash(password, COST);
    }

    static String hash(String password, int cost) {
        return BcryptUtil.bcryptHash(password, cost);
    }

    /** @param hash null where there is no user */
    static boolean matches(String password, String hash) {
        boolean matches = BcryptUtil.matches(password, hash == null ? OF_NOBODY : hash);
        return hash != null && matches;
    }
}
