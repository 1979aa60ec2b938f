package org.rigatino.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** Passwords of the embedded database, random, in a file that its owner alone may read. */
final class PostgresCredentials {
    static final String SUPERUSER = "postgres";
    private static final int BYTES = 24;

    private final Properties passwords;

    private PostgresCredentials(Properties passwords) {
        this.passwords = passwords;
    }

    /** Beside the cluster, so that whoever copies one thinks of the other. */
    static Path file(Path cluster) {
        return cluster.resolveSibling(cluster.getFileName() + ".credentials");
    }

    static PostgresCredentials read(Path cluster) throws IOException {
        Properties passwords = new Properties();
        try (Reader in = Files.newBufferedReader(file(cluster))) {
            passwords.load(in);
        }
        return new PostgresCredentials(passwords);
    }

    /** Whole or not at all, whenever the process ends. */
    static PostgresCredentials create(Path cluster) throws IOException {
        Properties passwords = new Properties();
        passwords.setProperty(SUPERUSER, random());
        for (DatabaseRole role : DatabaseRole.values()) {
            passwords.setProperty(role.roleName(), random());
        }
        write(cluster, passwords);
        return new PostgresCredentials(passwords);
    }

    /** With passwords for roles that the version before did not know. */
    static PostgresCredentials complete(Path cluster) throws IOException {
        PostgresCredentials known = read(cluster);
        boolean all = true;
        for (DatabaseRole role : DatabaseRole.values()) {
            all &= known.passwords.putIfAbsent(role.roleName(), random()) != null;
        }
        if (!all) {
            write(cluster, known.passwords);
        }
        return known;
    }

    private static void write(Path cluster, Properties passwords) throws IOException {
        StringWriter text = new StringWriter();
        passwords.store(text, "Passwords of the embedded PostgreSQL");
        Path unfinished = Files.createTempFile(
                cluster.getParent(),
                "credentials",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, text.toString());
        Files.move(unfinished, file(cluster), StandardCopyOption.ATOMIC_MOVE);
    }

    String superuser() {
        return passwords.getProperty(SUPERUSER);
    }

    String of(DatabaseRole role) {
        return passwords.getProperty(role.roleName());
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
