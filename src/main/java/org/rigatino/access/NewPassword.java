package org.rigatino.access;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param password at least 12 characters, at most 72 bytes */
public record NewPassword(@Schema(format = "password", writeOnly = true) String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "NewPassword[]";
    }
}
