package org.rigatino.worker;

import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.Tool;
import org.rigatino.proof.demo.Orthanc;

/** {@link RunningWorker} with one set of PEM files, {@code quarkus.tls.site}, for DICOM both ways and for HTTPS. */
public final class TlsWorker extends RunningWorker {
    private static Certificates certificates;

    /** Of the application that runs, whose class loader this class is of too. */
    public static Certificates certificates() {
        return certificates;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new TreeMap<>(super.start());
        try {
            certificates = Certificates.make(Files.createTempDirectory("certificates"));
            settings.put("rigatino.deliver.destinations.viewer.port", "" + Tool.freePort());
            settings.put("rigatino.deliver.destinations.web.url", "http://127.0.0.1:" + Tool.freePort() + "/dicom-web");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        settings.put("quarkus.tls.site.key-store.pem.0.key", certificates.key("rigatino"));
        settings.put("quarkus.tls.site.key-store.pem.0.cert", certificates.certificate("rigatino"));
        settings.put("quarkus.tls.site.trust-store.pem.certs", certificates.certificate("ca"));
        settings.put("quarkus.http.tls-configuration-name", "site");
        settings.put("quarkus.http.test-ssl-port", "0");
        settings.put("rigatino.ingest.tls.name", "site");
        settings.put("rigatino.ingest.tls.port", settings.get("rigatino.ingest.port"));
        String archive = settings.get("rigatino.deliver.destinations.pacs.port");
        settings.put("rigatino.deliver.destinations.pacs.tls", "site");
        settings.put("rigatino.deliver.destinations.other.tls", "site");
        settings.put("rigatino.deliver.destinations.other.port", archive);
        settings.put("rigatino.deliver.destinations.viewer.host", "127.0.0.1");
        settings.put("rigatino.deliver.destinations.viewer.ae-title", "VIEWER");
        settings.put("rigatino.deliver.destinations.viewer.commitment", "none");
        settings.put("rigatino.ingest.sources.pacs.host", "127.0.0.1");
        settings.put("rigatino.ingest.sources.pacs.port", archive);
        settings.put("rigatino.ingest.sources.pacs.ae-title", Orthanc.AE_TITLE);
        settings.put("rigatino.ingest.sources.pacs.tls", "site");
        return settings;
    }
}
