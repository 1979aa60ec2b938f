package org.rigatino.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.dicom.QueryRetrieveScp;
import org.rigatino.dicom.Tool;
import org.rigatino.proof.demo.Orthanc;

/** A worker with one sender on its list, and with sources that are not on it: old, scripted, the PACS itself, and the DICOMweb service web; it asks
 * the service ris for workitems. */
public class FetchingWorker extends RunningWorker {
    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.keySet().removeIf(name -> name.startsWith("rigatino.deliver.destinations.other."));
        settings.put("rigatino.ingest.calling-ae-titles", "SCANNER");
        settings.put("rigatino.ingest.quiet-period", "60s");
        try {
            source(settings, "old", QueryRetrieveScp.AE_TITLE, Integer.toString(Tool.freePort()));
            settings.put("rigatino.workitem.services.ris.url", "http://127.0.0.1:" + Tool.freePort() + "/ups");
            settings.put("rigatino.ingest.sources.web.url", "http://127.0.0.1:" + Tool.freePort() + "/dicom-web");
            source(settings, "scripted", "ARCHIVE", Integer.toString(Tool.freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source(settings, "pacs", Orthanc.AE_TITLE, settings.get("rigatino.deliver.destinations.pacs.port"));
        settings.put("rigatino.workitem.services.ris.procedures", "RESTORE^99SITE");
        settings.put("rigatino.workitem.services.ris.every", "PT0.5S");
        settings.put("rigatino.ingest.sources.scripted.idle-timeout", "5s");
        settings.put("rigatino.page.identity", "full");
        settings.put("rigatino.dicomweb.retrieval.first", "PT0.2S");
        settings.put("rigatino.dicomweb.retrieval.attempts", "2");
        return settings;
    }

    private static void source(Map<String, String> settings, String name, String aeTitle, String port) {
        settings.put("rigatino.ingest.sources." + name + ".host", "127.0.0.1");
        settings.put("rigatino.ingest.sources." + name + ".port", port);
        settings.put("rigatino.ingest.sources." + name + ".ae-title", aeTitle);
    }
}
