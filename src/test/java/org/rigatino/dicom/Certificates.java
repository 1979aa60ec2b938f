package org.rigatino.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys and certificates made by openssl for one test: an authority {@code ca} with {@code rigatino}, {@code peer} and
 * {@code elsewhere} (which names another host), and {@code stranger}, signed by itself alone. PEM files, NAME.key and
 * NAME.crt.
 */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    public static Certificates make(Path folder) throws IOException, InterruptedException {
        Tool.assumeInstalled("openssl");
        Certificates made = new Certificates(Files.createDirectories(folder));
        made.selfSigned("ca");
        made.selfSigned("stranger");
        made.signed("rigatino", "IP:127.0.0.1,DNS:localhost");
        made.signed("peer", "IP:127.0.0.1,DNS:localhost");
        made.signed("elsewhere", "DNS:pacs.example");
        return made;
    }

    public String key(String name) {
        return folder.resolve(name + ".key").toString();
    }

    public String certificate(String name) {
        return folder.resolve(name + ".crt").toString();
    }

    private void selfSigned(String name) throws IOException, InterruptedException {
        Tool.runSuccessfully(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                key(name),
                "-out",
                certificate(name));
    }

    private void signed(String name, String names) throws IOException, InterruptedException {
        Path request = folder.resolve(name + ".csr");
        Path extensions = Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + names + "\n");
        Tool.runSuccessfully(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                key(name),
                "-out",
                request.toString());
        Tool.runSuccessfully(
                "openssl",
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                certificate("ca"),
                "-CAkey",
                key("ca"),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                extensions.toString(),
                "-out",
                certificate(name));
    }

    /** With the key of one and trust in the authority. */
    public SSLContext context(String name) throws IOException, InterruptedException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(name), PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(certificate("ca")))) {
            trusted.setCertificateEntry(
                    "ca",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore keyStore(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        Tool.runSuccessfully(
                "openssl",
                "pkcs12",
                "-export",
                "-inkey",
                key(name),
                "-in",
                certificate(name),
                "-out",
                file.toString(),
                "-passout",
                "pass:" + new String(PASSWORD));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
