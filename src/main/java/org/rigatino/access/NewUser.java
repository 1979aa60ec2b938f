package org.rigatino.access;

import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who is to be added.
 *
 * @param name lower case letters, digits and . _ @ -
 * @param roles coordinator, radiologist, auditor, administrator
 * @param password at least 12 characters, at most 72 bytes
 */
public record NewUser(String name, Set<String> roles, @Schema(format = "password", writeOnly = true) String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "NewUser[" + name + "]";
    }
}
