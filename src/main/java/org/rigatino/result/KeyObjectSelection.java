package org.rigatino.result;

import static org.rigatino.result.ContentItem.CONTAINS;
import static org.rigatino.result.ContentItem.HAS_CONCEPT_MOD;
import static org.rigatino.result.ContentItem.HAS_OBS_CONTEXT;

import java.util.List;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;

/**
 * The flagged images of one series as a Key Object Selection Document (PS3.3 A.35.4) by TID 2010: key images in the words
 * of a PACS.
 */
final class KeyObjectSelection {
    /** Of PS3.16 CID 7010. No other of its titles fits what nobody has looked at yet. */
    private static final Code OF_INTEREST = Code.dcm("113000", "Of Interest");

    static final Code DESCRIPTION = Code.dcm("113012", "Key Object Description");

    private KeyObjectSelection() {}

    /**
     * @param source header of one of the instances that the frames are from
     * @param flagged frames of one series, at least one, in {@link SliceOrder}
     * @param judged how many they were chosen from
     * @param reports made of the same series
     */
    static EncodedObject encode(
            Dataset source,
            List<JudgedFrame> flagged,
            int judged,
            List<EncodedObject> reports,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        Dataset object =
                ObjectKind.KEY_OBJECT_SELECTION.begin(source, JudgedFrame.named(flagged), algorithm, configuration);
        // A selection that says or names something else is another selection.
        String sopInstanceUid = Uids.nameBased(
                object.require(Tag.SOPInstanceUID),
                Integer.toString(judged),
                reports.stream().map(EncodedObject::sopInstanceUid).collect(Collectors.joining(" ")));
        object.put(Tag.SOPInstanceUID, sopInstanceUid)
                .put(Tag.InstanceNumber, JudgedFrame.lowestInstanceNumber(flagged))
                .putItems(Tag.ReferencedPerformedProcedureStepSequence, List.of())
                .putItems(
                        Tag.CurrentRequestedProcedureEvidenceSequence, List.of(ReportEvidence.item(flagged, reports)));
        root(flagged, judged, reports, algorithm).putInto(object);
        return ObjectKind.KEY_OBJECT_SELECTION.encode(object);
    }

    private static ContentItem root(
            List<JudgedFrame> flagged, int judged, List<EncodedObject> reports, AlgorithmIdentification algorithm) {
        String said = flagged.size() + " of " + judged + " images at or above the operating threshold of "
                + algorithm.title() + ". Selected by a machine, not verified by anybody. " + Equipment.WARNING;
        ContentItem root = ContentItem.container(OF_INTEREST, "2010")
                .add(HAS_CONCEPT_MOD, ContentItem.english())
                .add(HAS_OBS_CONTEXT, Equipment.observer(algorithm))
                .add(CONTAINS, ContentItem.text(DESCRIPTION, said));
        for (Dataset reference : JudgedFrame.sopReferences(flagged)) {
            root.add(CONTAINS, ContentItem.image(null, reference));
        }
        for (EncodedObject report : reports) {
            root.add(CONTAINS, ContentItem.composite(report));
        }
        return root;
    }
}
