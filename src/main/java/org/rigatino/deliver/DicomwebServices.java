package org.rigatino.deliver;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.rigatino.deliver.DeliverConfiguration.Access;
import org.rigatino.deliver.dicomweb.Credentials;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.TlsProfiles;

/** DICOMweb services that this process speaks to as user agent, from their settings. No message says a secret. */
@ApplicationScoped
public class DicomwebServices {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Inject
    TlsProfiles profiles;

    /**
     * @param setting that names the service, for messages
     * @param tls name of the keys and trust, {@code quarkus.tls.NAME}
     * @throws ConfigurationException where it cannot be right
     */
    public DicomwebArchive service(String setting, String name, URI url, Access access, Optional<String> tls) {
        try {
            return new DicomwebArchive(
                    name,
                    url,
                    credentials(access),
                    tls.map(profile -> profiles.https(setting + ".tls", profile)),
                    access.connectTimeout(),
                    access.responseTimeout());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(setting + ": " + e.getMessage());
        }
    }

    /** What can be known without files and keys. @throws IllegalArgumentException that names the property */
    public static void check(String setting, URI url, Access access, Optional<String> tls) {
        try {
            DicomwebNode.checkRoot(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ".url: " + e.getMessage());
        }
        boolean secure = url.getScheme().equals("https");
        if (!secure && !access.plainHttp() && !THIS_MACHINE.contains(url.getHost())) {
            throw new IllegalArgumentException(setting + ".url " + url
                    + " would send patients' data in clear to another" + " machine: use https, or " + setting
                    + ".plain-http=true where the way there is protected otherwise");
        }
        if (!secure && tls.isPresent()) {
            throw new IllegalArgumentException(setting + " has .tls, and " + url + " is without TLS: use https");
        }
        try {
            credentials(access);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage());
        }
    }

    /** @throws IllegalArgumentException where not one way of them is configured */
    public static Credentials credentials(Access access) {
        boolean token = access.token().isPresent();
        boolean tokenFile = access.tokenFile().isPresent();
        boolean password = access.password().isPresent();
        boolean passwordFile = access.passwordFile().isPresent();
        if (token && tokenFile || password && passwordFile || (token || tokenFile) && (password || passwordFile)) {
            throw new IllegalArgumentException("set one of .token-file, .token, .password-file and .password");
        }
        if (access.user().isPresent() != (password || passwordFile)) {
            throw new IllegalArgumentException(".user and .password-file (or .password) are needed together");
        }
        if (token || tokenFile) {
            return Credentials.bearer(access.token(), access.tokenFile());
        }
        return access.user()
                .map(user -> Credentials.basic(user, access.password(), access.passwordFile()))
                .orElse(Credentials.NONE);
    }
}
