package org.rigatino.workitem;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.dicom.JsonDataset;
import org.rigatino.workitem.InputStudy.Delivered;

/** What is told of a workitem, as attributes of PS3.4 table CC.2.5-3. */
final class Report {
    private static final DateTimeFormatter DT = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");

    /** PS3.16 CID 9300. */
    private static final Code UNSPECIFIED = new Code("110513", "DCM", "Discontinued for unspecified reason");

    private Report() {}

    /** Procedure Step Progress Information Sequence (0074,1002). */
    static JsonDataset progress(NextStep step) {
        return progress(JsonDataset.empty()
                .with("00741004", "DS", Integer.toString(step.progress()))
                .with("00741006", "ST", step.text()));
    }

    /** The same as CANCELED needs it (CC.2.5.1.3): when, why, and a code. */
    static JsonDataset cancellation(String reason, Instant at) {
        return progress(JsonDataset.empty()
                .with("00404052", "DT", dateTime(at))
                .with("00741238", "LT", reason)
                .with("0074100E", List.of(UNSPECIFIED.item())));
    }

    private static JsonDataset progress(JsonDataset item) {
        return JsonDataset.empty().with("00741002", List.of(item));
    }

    /**
     * Unified Procedure Step Performed Procedure Sequence (0074,1216) as COMPLETED needs it.
     *
     * @param destinations by name, those of the outputs among them
     * @param procedures items of Scheduled Workitem Code Sequence
     */
    static JsonDataset performed(
            Code station,
            List<JsonDataset> procedures,
            Instant from,
            Instant to,
            String study,
            List<Delivered> outputs,
            Map<String, Destination> destinations) {
        JsonDataset item = JsonDataset.empty()
                .with("00404028", List.of(station.item()))
                .with("00404050", "DT", dateTime(from))
                .with("00404051", "DT", dateTime(to))
                .with("00404019", procedures)
                .with("00404033", outputs(study, outputs, destinations));
        return JsonDataset.empty().with("00741216", List.of(item));
    }

    /** An item for each series at each destination: Referenced Instances and Access Macro (PS3.3 table 10-3b). */
    private static List<JsonDataset> outputs(
            String study, List<Delivered> outputs, Map<String, Destination> destinations) {
        Map<List<String>, List<Delivered>> bySeries = new LinkedHashMap<>();
        outputs.forEach(output -> bySeries.computeIfAbsent(
                        List.of(output.destination(), output.seriesInstanceUid()), key -> new ArrayList<>())
                .add(output));
        List<JsonDataset> items = new ArrayList<>();
        bySeries.forEach((key, ofSeries) -> items.add(access(
                JsonDataset.empty()
                        .with("0040E020", "CS", "DICOM")
                        .with("0020000D", "UI", study)
                        .with("0020000E", "UI", key.get(1))
                        .with(
                                "00081199",
                                ofSeries.stream().map(Report::reference).toList()),
                destinations.get(key.get(0)),
                study,
                key.get(1))));
        return items;
    }

    private static JsonDataset reference(Delivered output) {
        return JsonDataset.empty()
                .with("00081150", "UI", output.sopClassUid())
                .with("00081155", "UI", output.sopInstanceUid());
    }

    /** Where it can be had: DICOM Retrieval, or WADO-RS Retrieval Sequence. */
    private static JsonDataset access(JsonDataset item, Destination destination, String study, String series) {
        return destination
                .aeTitle()
                .map(title -> item.with("0040E021", List.of(JsonDataset.empty().with("00080054", "AE", title))))
                .orElseGet(() -> item.with(
                        "0040E025",
                        List.of(JsonDataset.empty()
                                .with(
                                        "00081190",
                                        "UR",
                                        destination.url().orElseThrow() + "/studies/" + study + "/series/" + series))));
    }

    private static String dateTime(Instant at) {
        return DT.format(at.atOffset(ZoneOffset.UTC));
    }
}
