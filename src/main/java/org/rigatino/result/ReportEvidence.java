package org.rigatino.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** The objects that a report or a selection speaks of, by study and series (PS3.3 C.17.2, Hierarchical SOP Instance Reference). */
final class ReportEvidence {
    private ReportEvidence() {}

    /**
     * @param frames of one series
     * @param objects made of them
     */
    static Dataset item(List<JudgedFrame> frames, List<EncodedObject> objects) {
        Map<String, Map<String, Dataset>> series = new LinkedHashMap<>();
        for (JudgedFrame frame : frames) {
            put(
                    series,
                    frame.reference().seriesInstanceUid(),
                    frame.reference().sopClassUid(),
                    frame.reference().sopInstanceUid());
        }
        for (EncodedObject object : objects) {
            put(series, object.seriesInstanceUid(), object.sopClassUid(), object.sopInstanceUid());
        }
        return item(frames.get(0).reference().studyInstanceUid(), series);
    }

    /** @param objects of one study, in the order in which they are named */
    static Dataset item(String studyInstanceUid, List<ResultReference> objects) {
        Map<String, Map<String, Dataset>> series = new LinkedHashMap<>();
        objects.forEach(
                object -> put(series, object.seriesInstanceUid(), object.sopClassUid(), object.sopInstanceUid()));
        return item(studyInstanceUid, series);
    }

    private static Dataset item(String studyInstanceUid, Map<String, Map<String, Dataset>> series) {
        List<Dataset> items = new ArrayList<>();
        series.forEach((uid, instances) -> items.add(new Dataset()
                .put(Tag.SeriesInstanceUID, uid)
                .putItems(Tag.ReferencedSOPSequence, new ArrayList<>(instances.values()))));
        return new Dataset().put(Tag.StudyInstanceUID, studyInstanceUid).putItems(Tag.ReferencedSeriesSequence, items);
    }

    private static void put(
            Map<String, Map<String, Dataset>> series, String seriesUid, String sopClassUid, String sopInstanceUid) {
        series.computeIfAbsent(seriesUid, uid -> new LinkedHashMap<>())
                .put(
                        sopInstanceUid,
                        new Dataset()
                                .put(Tag.ReferencedSOPClassUID, sopClassUid)
                                .put(Tag.ReferencedSOPInstanceUID, sopInstanceUid));
    }
}
