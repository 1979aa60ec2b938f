package org.rigatino.proof.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where a person finds what a demo has made. */
record WhereToLook(Path folder, Orthanc pacs, ServeProcess rigatino) {
    List<String> afterwards(DicomFiles files, Outcomes outcomes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String study : files.studies()) {
            lines.add("In the PACS: " + files.label(study) + " at "
                    + pacs.studyPage(study).orElse("no page, it holds nothing of this study")
                    + overlays(outcomes.of(study)));
        }
        lines.add("Rigatino: " + rigatino.address() + "/worklist");
        lines.add("Audit trail: RIGATINO_EMBEDDED_DATA=" + folder.resolve("rigatino/embedded")
                + " ./rigatino audit verify");
        lines.add("Backup: RIGATINO_EMBEDDED_DATA=" + folder.resolve("rigatino/embedded") + " RIGATINO_INGEST_STORE="
                + folder.resolve("rigatino/instances") + " RIGATINO_DELIVER_OUTPUTS="
                + folder.resolve("rigatino/outputs") + " ./rigatino backup DIR");
        lines.add("Kept: " + folder.toAbsolutePath());
        return lines;
    }

    /** As the PACS has them. */
    private String overlays(Optional<StudyOutcome> outcome) throws IOException {
        SortedSet<String> series = new TreeSet<>();
        for (String overlay : outcome.map(StudyOutcome::overlays).orElse(List.of())) {
            pacs.header(overlay).map(WhereToLook::series).ifPresent(series::add);
        }
        return series.isEmpty() ? "" : ", overlays in series " + String.join("; ", series);
    }

    private static String series(JsonNode header) {
        return header.path("SeriesNumber").asText() + ", "
                + header.path("SeriesDescription").asText();
    }

    /** What there is as long as it stays up. */
    List<String> meanwhile(DicomFiles files, Optional<Viewer> viewer) {
        List<String> lines = new ArrayList<>();
        viewer.ifPresent(ohif -> files.studies()
                .forEach(study -> lines.add("In OHIF: " + files.label(study) + " at " + ohif.study(study))));
        lines.addAll(meanwhile());
        return lines;
    }

    private List<String> meanwhile() {
        String host = "127.0.0.1";
        int port = rigatino.dicomPort();
        return List.of(
                "DICOM: AE title " + ServeProcess.AE_TITLE + " at " + host + ", port " + port + ", as in storescu -aec "
                        + ServeProcess.AE_TITLE + " " + host + " " + port + " +sd DIR",
                "Rigatino and the PACS stay up until Ctrl-C.");
    }
}
