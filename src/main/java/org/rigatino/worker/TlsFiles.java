package org.rigatino.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** PEM files of {@code quarkus.tls}, looked at before anything starts: what is wrong later on names no property. */
final class TlsFiles {
    private static final Pattern PEM = Pattern.compile(
            "quarkus\\.tls\\.(.+\\.)?(key-store\\.pem\\..+\\.(key|cert)|trust-store\\.pem\\.certs(\\[\\d+])?)");

    private TlsFiles() {}

    /** @throws IllegalArgumentException that names the property and the file */
    static void check(Config config) {
        for (String property : config.getPropertyNames()) {
            if (PEM.matcher(property).matches()) {
                for (String file : config.getOptionalValue(property, String.class)
                        .orElse("")
                        .split(",")) {
                    check(property, Path.of(file.strip()));
                }
            }
        }
    }

    private static void check(String property, Path file) {
        try {
            if (!Files.readString(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
                throw new IllegalArgumentException(property + ": " + file + " is no PEM file");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(property + ": the file " + file + " cannot be read");
        }
    }
}
