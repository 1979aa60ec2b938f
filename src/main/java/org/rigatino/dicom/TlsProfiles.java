package org.rigatino.dicom;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * {@link TlsProfile}s from the keys and trust of {@code quarkus.tls.NAME}. What is missing or wrong stops the start: a
 * {@link ConfigurationException} names the property.
 */
@ApplicationScoped
public class TlsProfiles {
    @Inject
    TlsConfigurationRegistry registry;

    /** @param property that names the configuration */
    public TlsProfile listener(String property, String name, boolean clientCertificate) {
        TlsConfiguration tls = require(property, name);
        if (tls.getKeyStore() == null) {
            throw wrong(property, name, "has no key-store: a listener needs a key and a certificate");
        }
        if (clientCertificate && tls.getTrustStore() == null) {
            throw wrong(property, name, "has no trust-store to check the certificates of senders against");
        }
        return new TlsProfile(context(property, name, tls), clientCertificate, false);
    }

    /** @param property that names the configuration */
    public TlsProfile sender(String property, String name) {
        TlsConfiguration tls = require(property, name);
        boolean checkHostName =
                !"NONE".equalsIgnoreCase(tls.getHostnameVerificationAlgorithm().orElse("HTTPS"));
        return new TlsProfile(context(property, name, tls), false, checkHostName);
    }

    /** Of a user agent of HTTP. @param property that names the configuration */
    public TlsProfile https(String property, String name) {
        TlsProfile profile = sender(property, name);
        if (!profile.checkHostName()) {
            throw new ConfigurationException(property + ": https always checks that the certificate names the"
                    + " host: take hostname-verification-algorithm=NONE out");
        }
        return profile;
    }

    private TlsConfiguration require(String property, String name) {
        TlsConfiguration tls = registry.get(name)
                .orElseThrow(() -> wrong(property, name, "is not configured: set its key-store and trust-store"));
        if (tls.isTrustAll()) {
            throw wrong(property, name, "trusts everyone: remove trust-all and set a trust-store");
        }
        return tls;
    }

    private static Supplier<SSLContext> context(String property, String name, TlsConfiguration tls) {
        Renewed context = new Renewed(tls);
        try {
            context.get();
        } catch (IllegalStateException e) {
            throw wrong(property, name, "cannot be used: " + e.getMessage());
        }
        return context;
    }

    private static ConfigurationException wrong(String property, String name, String what) {
        return new ConfigurationException(property + ": quarkus.tls." + name + " " + what);
    }

    /** Made anew when the registry has loaded other files (quarkus.tls.NAME.reload-period). */
    private static final class Renewed implements Supplier<SSLContext> {
        private final TlsConfiguration tls;
        private KeyStore keys;
        private KeyStore trust;
        private SSLContext context;

        Renewed(TlsConfiguration tls) {
            this.tls = tls;
        }

        @Override
        public synchronized SSLContext get() {
            if (context == null || keys != tls.getKeyStore() || trust != tls.getTrustStore()) {
                keys = tls.getKeyStore();
                trust = tls.getTrustStore();
                try {
                    context = tls.createSSLContext();
                } catch (Exception e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            }
            return context;
        }
    }
}
