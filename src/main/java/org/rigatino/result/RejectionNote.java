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
 * Has an archive that follows IHE IOCM hide what a later analysis superseded (Rejection Note Stored, RAD-66): a Key Object
 * Selection Document (PS3.3 A.35.4) by TID 2010 in the study of the objects that it names. No Document Title Modifier: none of
 * CID 7011 is true of them.
 */
public final class RejectionNote {
    /** Of PS3.16 CID 7010. Of the titles that reject it alone leaves to the archive what becomes of the objects. */
    private static final Code FOR_QUALITY_REASONS = Code.dcm("113001", "Rejected for Quality Reasons");

    private RejectionNote() {}

    /** @throws DicomException where the object that takes their place lacks what has to be taken of it */
    public static EncodedObject encode(SupersededObjects superseded) throws DicomException {
        Dataset object = new Dataset();
        SourceAttributes.patientAndStudy(superseded.header(), object);
        Equipment.describe(object, superseded.algorithm());
        ContentTime.put(object, superseded.at());
        String study = object.require(Tag.StudyInstanceUID);
        identify(object, study, superseded);
        object.putItems(Tag.ReferencedPerformedProcedureStepSequence, List.of())
                .putItems(
                        Tag.CurrentRequestedProcedureEvidenceSequence,
                        List.of(ReportEvidence.item(study, superseded.objects())));
        root(superseded).putInto(object);
        return ObjectKind.REJECTION_NOTE.encode(object);
    }

    private static void identify(Dataset object, String study, SupersededObjects superseded) throws DicomException {
        ObjectKind kind = ObjectKind.REJECTION_NOTE;
        String names = superseded.objects().stream()
                .map(ResultReference::sopInstanceUid)
                .sorted()
                .collect(Collectors.joining(" "));
        String series = superseded.header().require(Tag.SeriesInstanceUID);
        String digest = superseded.algorithm().digest();
        object.put(Tag.SOPClassUID, kind.sopClassUid)
                .put(
                        Tag.SOPInstanceUID,
                        Uids.nameBased("rejection note", study, superseded.destination(), series, digest, names))
                .put(Tag.SeriesInstanceUID, Uids.nameBased("rejection note series", study, series, digest))
                .put(Tag.Modality, kind.modality)
                .put(Tag.SeriesDescription, Equipment.seriesDescription(superseded.algorithm(), kind.heading()))
                .put(
                        Tag.SeriesNumber,
                        SourceAttributes.number(superseded.header(), Tag.SeriesNumber)
                                - superseded.kind().seriesNumberOffset
                                + kind.seriesNumberOffset)
                .put(Tag.InstanceNumber, 1);
    }

    private static ContentItem root(SupersededObjects superseded) {
        ContentItem root = ContentItem.container(FOR_QUALITY_REASONS, "2010")
                .add(HAS_CONCEPT_MOD, ContentItem.english())
                .add(HAS_OBS_CONTEXT, Equipment.observer(superseded.algorithm()))
                .add(CONTAINS, ContentItem.text(KeyObjectSelection.DESCRIPTION, said(superseded)));
        for (ResultReference named : superseded.objects()) {
            root.add(
                    CONTAINS,
                    named.isImage()
                            ? ContentItem.image(null, named.item())
                            : ContentItem.composite(null, named.item()));
        }
        return root;
    }

    private static String said(SupersededObjects superseded) {
        return "Superseded by a newer analysis of the same images by "
                + superseded.algorithm().title() + ", whose objects are in this study. Named here is what "
                + AlgorithmIdentification.printable(String.join(", ", superseded.releases()))
                + " made of them, and no image of a modality. Stated by a machine, not verified by anybody. "
                + Equipment.WARNING;
    }
}
