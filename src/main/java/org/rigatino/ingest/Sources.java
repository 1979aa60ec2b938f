package org.rigatino.ingest;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.rigatino.dicom.DicomwebNode;

/** The DICOMweb services that the configuration allows: the only ones that this process ever asks. */
@ApplicationScoped
public class Sources {
    private static final String PREFIX = "rigatino.ingest.sources.";

    @Inject
    IngestConfiguration configuration;

    @Inject
    TlsConfigurationRegistry tls;

    private Map<String, DicomwebNode> nodes;

    /** By name. @throws ConfigurationException where one is not valid; one line says which property */
    public synchronized Map<String, DicomwebNode> all() {
        if (nodes == null) {
            Map<String, DicomwebNode> all = new TreeMap<>();
            configuration.sources().forEach((name, source) -> all.put(name, node(name, source)));
            nodes = Map.copyOf(all);
        }
        return nodes;
    }

    /** The source whose resource of this study the URL names, character by character; never one that only looks alike. */
    public Optional<DicomwebNode> of(URI url, String studyInstanceUid) {
        return all().values().stream()
                .filter(node -> node.study(studyInstanceUid).equals(url))
                .findFirst();
    }

    private DicomwebNode node(String name, IngestConfiguration.Source source) {
        String authorization = authorization(name, source);
        boolean loopback = isLoopback(name, source.url());
        if (!loopback && !"https".equals(source.url().getScheme())) {
            throw new ConfigurationException(PREFIX + name + ".url " + source.url()
                    + " would send patients' data in clear to another machine: use https");
        }
        try {
            return new DicomwebNode(
                    name,
                    source.url(),
                    authorization,
                    sslContext(name, source),
                    source.connectTimeout(),
                    source.idleTimeout());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(PREFIX + name + ".url: " + e.getMessage(), e);
        }
    }

    private static String authorization(String name, IngestConfiguration.Source source) {
        if (source.token().isPresent() && source.user().isPresent()) {
            throw new ConfigurationException(PREFIX + name + " has .token and .user: set one of them");
        }
        if (source.user().isPresent() != source.password().isPresent()) {
            throw new ConfigurationException(PREFIX + name + " needs .user and .password together");
        }
        return source.token().map(token -> "Bearer " + token).orElseGet(() -> source.user()
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + source.password().get()).getBytes(StandardCharsets.UTF_8)))
                .orElse(null));
    }

    private static boolean isLoopback(String name, URI url) {
        try {
            return url.getHost() != null && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            if ("https".equals(url.getScheme())) {
                return false;
            }
            throw new ConfigurationException(PREFIX + name + ".url: the host " + url.getHost() + " is not known", e);
        }
    }

    private SSLContext sslContext(String name, IngestConfiguration.Source source) {
        if (source.tls().isEmpty()) {
            return null;
        }
        TlsConfiguration found = tls.get(source.tls().get())
                .orElseThrow(() -> new ConfigurationException(PREFIX + name + ".tls names "
                        + source.tls().get() + ", and there is no quarkus.tls."
                        + source.tls().get()));
        try {
            return found.createSSLContext();
        } catch (Exception e) {
            throw new ConfigurationException(
                    "quarkus.tls." + source.tls().get() + " is of no use: " + e.getMessage(), e);
        }
    }
}
