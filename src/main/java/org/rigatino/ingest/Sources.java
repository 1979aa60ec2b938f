package org.rigatino.ingest;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rigatino.dicom.AeTitle;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.TlsProfiles;

/** The archives and DICOMweb services that the configuration allows: the only ones that this process ever asks for studies. */
@ApplicationScoped
public class Sources {
    private static final String PREFIX = "rigatino.ingest.sources.";

    @Inject
    IngestConfiguration configuration;

    @Inject
    TlsProfiles profiles;

    private Map<String, DicomwebNode> services;
    private Map<String, RemoteNode> archives;

    /** DICOMweb services by name. @throws ConfigurationException where one is not valid; one line says which property */
    public synchronized Map<String, DicomwebNode> services() {
        if (services == null) {
            Map<String, DicomwebNode> all = new TreeMap<>();
            configuration.sources().forEach((name, source) -> source.url()
                    .ifPresent(url -> all.put(name, service(name, url, source))));
            services = Map.copyOf(all);
        }
        return services;
    }

    /** Archives that are spoken to by C-FIND and C-MOVE, by name. @throws ConfigurationException as {@link #services} */
    public synchronized Map<String, RemoteNode> archives() {
        if (archives == null) {
            Map<String, RemoteNode> all = new TreeMap<>();
            configuration.sources().forEach((name, source) -> source.host()
                    .ifPresent(host -> all.put(name, archive(name, host, source))));
            archives = Map.copyOf(all);
        }
        return archives;
    }

    /** Of both kinds, in order; whether each is valid is not looked at. */
    public List<String> names() {
        return configuration.sources().keySet().stream().sorted().toList();
    }

    /** The source as messages name it. */
    public String told(String name) {
        return archives().containsKey(name)
                ? archives().get(name).toString()
                : services().get(name).toString();
    }

    /** Whether there is a source of the name, of either kind. */
    public boolean isConfigured(String name) {
        return configuration.sources().containsKey(name);
    }

    /** What can be told without the files of TLS. @throws ConfigurationException that names the property */
    public static void check(IngestConfiguration configuration) {
        configuration.sources().forEach(Sources::check);
    }

    private static void check(String name, IngestConfiguration.Source source) {
        boolean archive = source.host().isPresent() || source.aeTitle().isPresent();
        if (source.url().isPresent() == archive) {
            throw new ConfigurationException(PREFIX
                    + name
                    + (archive
                            ? " has .url, and .host or .ae-title: a DICOMweb service needs the one, an archive the others"
                            : " needs .host and .ae-title for C-FIND and C-MOVE, or .url for DICOMweb"));
        }
        if (archive) {
            checkArchive(name, source);
        }
    }

    private static void checkArchive(String name, IngestConfiguration.Source source) {
        if (source.host().isEmpty() || source.aeTitle().isEmpty()) {
            throw new ConfigurationException(PREFIX + name + " needs .host and .ae-title: one is missing or empty");
        }
        if (!AeTitle.isValid(source.aeTitle().get())) {
            throw new ConfigurationException(PREFIX + name + ".ae-title: \""
                    + source.aeTitle().get()
                    + "\" is not an AE title: 1 to 16 printable ASCII characters without backslash");
        }
        if (source.token().isPresent()
                || source.user().isPresent()
                || source.password().isPresent()) {
            throw new ConfigurationException(PREFIX + name
                    + " has .token, .user or .password, which are for DICOMweb, and .url is not there: set it, or take"
                    + " them out");
        }
    }

    private RemoteNode archive(String name, String host, IngestConfiguration.Source source) {
        check(name, source);
        try {
            return new RemoteNode(
                    host,
                    source.port(),
                    source.aeTitle().orElseThrow(),
                    configuration.aeTitle(),
                    source.connectTimeout(),
                    source.idleTimeout(),
                    source.tls().map(profile -> profiles.sender(PREFIX + name + ".tls", profile)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(PREFIX + name + ": " + e.getMessage(), e);
        }
    }

    /** The source whose resource of this study the URL names, character by character; never one that only looks alike. */
    public Optional<DicomwebNode> of(URI url, String studyInstanceUid) {
        return services().values().stream()
                .filter(node -> node.study(studyInstanceUid).equals(url))
                .findFirst();
    }

    private DicomwebNode service(String name, URI url, IngestConfiguration.Source source) {
        check(name, source);
        String authorization = authorization(name, source);
        boolean loopback = isLoopback(name, url);
        if (!loopback && !"https".equals(url.getScheme())) {
            throw new ConfigurationException(PREFIX + name + ".url " + url
                    + " would send patients' data in clear to another machine: use https");
        }
        if (source.tls().isPresent() && !"https".equals(url.getScheme())) {
            throw new ConfigurationException(
                    PREFIX + name + " has .tls, and " + url + " is without TLS: use https, or take .tls out");
        }
        try {
            return new DicomwebNode(
                    name,
                    url,
                    authorization,
                    source.tls()
                            .map(profile -> profiles.https(PREFIX + name + ".tls", profile))
                            .orElse(null),
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
}
