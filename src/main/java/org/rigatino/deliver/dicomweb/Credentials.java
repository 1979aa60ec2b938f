package org.rigatino.deliver.dicomweb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Value of the Authorization field. A file is read for every request, so that a renewed one is taken. Neither messages nor
 * {@link #toString} say a secret.
 */
public final class Credentials {
    /** Of nobody, or of the client certificate alone. */
    public static final Credentials NONE = new Credentials(null, null, "no credentials", text -> null);

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
    private static final long MOST_BYTES = 64 * 1024;

    private final String value;
    private final Path file;
    private final String kind;
    private final UnaryOperator<String> header;

    private Credentials(String value, Path file, String kind, UnaryOperator<String> header) {
        this.value = value;
        this.file = file;
        this.kind = kind;
        this.header = header;
    }

    /** Bearer token (RFC 6750); one of the two. */
    public static Credentials bearer(Optional<String> token, Optional<Path> file) {
        return new Credentials(token.orElse(null), file.orElse(null), "a bearer token", text -> {
            if (!TOKEN.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "holds no bearer token (RFC 6750 2.1): letters, digits and -._~+/ in one line");
            }
            return "Bearer " + text;
        });
    }

    /** User and password (RFC 7617); one of the two for the password. */
    public static Credentials basic(String user, Optional<String> password, Optional<Path> file) {
        return new Credentials(
                password.orElse(null),
                file.orElse(null),
                "user and password",
                text -> "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + text).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * @return empty where there are none
     * @throws IllegalArgumentException where they cannot be had now; says why, and where
     */
    public Optional<String> authorization() {
        if (file == null) {
            return Optional.ofNullable(value).map(header);
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("is longer than " + MOST_BYTES + " bytes");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("is empty");
            }
            return Optional.of(header.apply(text));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read: " + e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " " + e.getMessage());
        }
    }

    /** What they are, as far as it may be said. */
    @Override
    public String toString() {
        return kind;
    }
}
