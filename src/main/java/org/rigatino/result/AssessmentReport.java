package org.rigatino.result;

import static org.rigatino.result.ContentItem.CONTAINS;
import static org.rigatino.result.ContentItem.HAS_CONCEPT_MOD;
import static org.rigatino.result.ContentItem.HAS_OBS_CONTEXT;
import static org.rigatino.result.ContentItem.INFERRED_FROM;
import static org.rigatino.result.ContentItem.SELECTED_FROM;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.image.FrameReference;

/**
 * What a person said of a result, as a Comprehensive 3D SR by TID 1500 with a person as observer (TID 1003): Qualitative
 * Evaluations that name the objects, the image and the measurement groups that are meant. What it takes of patient and study is
 * what the object says that is assessed.
 */
public final class AssessmentReport {
    private static final Code ASSESSMENT =
            Code.own("PERSON_ASSESSED", "Assessment of the machine's result by a person");
    private static final Code REASON = Code.own("WHY_ASSESSED", "Reason of the assessment");
    private static final Code COMMENT = Code.dcm("121106", "Comment");
    private static final Code SOURCE = Code.dcm("121112", "Source of Measurement");
    private static final Code MISSED = Code.own("MISSED_PLACE", "Place of what was missed");
    private static final String NO_ROOM =
            "A comment was given and is not written here: the object keeps the character set of"
                    + " this study's attributes, and the comment is more than ASCII";

    private AssessmentReport() {}

    /** @throws DicomException where the object that is assessed lacks or contradicts what has to be taken of it */
    public static EncodedObject encode(AssessedResult result, PersonsAssessment said) throws DicomException {
        Dataset object = new Dataset();
        SourceAttributes.patientAndStudy(result.header(), object);
        if (!object.require(Tag.StudyInstanceUID).equals(result.frame().studyInstanceUid())) {
            throw new DicomException("the object that is assessed is of another study than the image");
        }
        Equipment.describe(object, result.algorithm());
        ContentTime.put(object, said.at());
        identify(object, result, said);
        object.put(Tag.CompletionFlag, "COMPLETE")
                .put(Tag.VerificationFlag, "UNVERIFIED")
                .put(Tag.PreliminaryFlag, "FINAL")
                .putItems(Tag.ReferencedPerformedProcedureStepSequence, List.of())
                .putItems(Tag.PerformedProcedureCodeSequence, List.of())
                .putItems(Tag.CodingSchemeIdentificationSequence, List.of(Code.privateScheme()))
                .putItems(Tag.CurrentRequestedProcedureEvidenceSequence, List.of(evidence(result)));
        said.predecessor()
                .ifPresent(before -> object.putItems(
                        Tag.PredecessorDocumentsSequence,
                        List.of(ReportEvidence.item(result.frame().studyInstanceUid(), List.of(before)))));
        root(object, result, said).putInto(object);
        return ObjectKind.ASSESSMENT.encode(object);
    }

    private static void identify(Dataset object, AssessedResult result, PersonsAssessment said) throws DicomException {
        FrameReference frame = result.frame();
        ObjectKind kind = ObjectKind.ASSESSMENT;
        object.put(Tag.SOPClassUID, kind.sopClassUid)
                .put(
                        Tag.SOPInstanceUID,
                        Uids.nameBased(
                                "assessment",
                                frame.studyInstanceUid(),
                                frame.sopInstanceUid(),
                                Integer.toString(frame.frameNumber()),
                                result.algorithm().digest(),
                                result.configurationDigest(),
                                Long.toString(said.id()),
                                said.at().toInstant().toString()))
                .put(
                        Tag.SeriesInstanceUID,
                        Uids.nameBased(
                                "assessment series",
                                frame.studyInstanceUid(),
                                frame.seriesInstanceUid(),
                                result.algorithm().digest(),
                                result.configurationDigest()))
                .put(Tag.Modality, kind.modality)
                .put(Tag.SeriesDescription, Equipment.seriesDescription(result.algorithm(), kind.heading()))
                .put(
                        Tag.SeriesNumber,
                        SourceAttributes.number(result.header(), Tag.SeriesNumber)
                                - result.kind().seriesNumberOffset
                                + kind.seriesNumberOffset)
                .put(Tag.InstanceNumber, (int) (said.id() % Integer.MAX_VALUE));
    }

    private static Dataset evidence(AssessedResult result) {
        FrameReference frame = result.frame();
        List<ResultReference> named = new ArrayList<>(List.of(new ResultReference(
                ObjectKind.SECONDARY_CAPTURE, frame.sopClassUid(), frame.sopInstanceUid(), frame.seriesInstanceUid())));
        named.addAll(result.objects());
        return ReportEvidence.item(frame.studyInstanceUid(), named);
    }

    private static ContentItem root(Dataset object, AssessedResult result, PersonsAssessment said)
            throws DicomException {
        ContentItem root = ContentItem.container(Code.dcm("126000", "Imaging Measurement Report"), "1500")
                .add(HAS_CONCEPT_MOD, ContentItem.english())
                .add(
                        HAS_OBS_CONTEXT,
                        ContentItem.code(Code.dcm("121005", "Observer Type"), Code.dcm("121006", "Person")),
                        ContentItem.pname(
                                Code.dcm("121008", "Person Observer Name"), PersonsText.name(object, said.observer())));
        for (Code procedure : AnalysedProcedure.reported(result.header())) {
            root.add(HAS_CONCEPT_MOD, ContentItem.code(AnalysedProcedure.PROCEDURE_REPORTED, procedure));
        }
        return root.add(CONTAINS, evaluations(object, result, said));
    }

    private static ContentItem evaluations(Dataset object, AssessedResult result, PersonsAssessment said)
            throws DicomException {
        ContentItem evaluations = ContentItem.container(new Code("C0034375", "UMLS", "Qualitative Evaluations"))
                .add(
                        CONTAINS,
                        ContentItem.text(
                                Code.own("WARNING", "Not a diagnostic device"),
                                Equipment.WARNING
                                        + ". What a person said of a machine's result; no report of the study."),
                        machines(result),
                        persons(result, said));
        said.reason().ifPresent(reason -> evaluations.add(CONTAINS, ContentItem.code(REASON, reason)));
        said.comment()
                .ifPresent(comment -> evaluations.add(
                        CONTAINS,
                        ContentItem.utf8(
                                COMMENT, PersonsText.fit(object, comment).orElse(NO_ROOM))));
        Dataset source = source(result);
        said.place()
                .ifPresent(pixel -> evaluations.add(
                        CONTAINS,
                        ContentItem.point(MISSED, pixel.column() + 0.5f, pixel.row() + 0.5f)
                                .add(SELECTED_FROM, ContentItem.image(null, source))));
        return evaluations;
    }

    /** What the release said of the image. */
    private static ContentItem machines(AssessedResult result) {
        return ContentItem.code(Code.AGAINST_THRESHOLD, result.flagged() ? Code.FLAGGED : Code.NOT_FLAGGED)
                .add(
                        HAS_CONCEPT_MOD,
                        ContentItem.text(Code.ALGORITHM_NAME, result.algorithm().name()),
                        ContentItem.text(
                                Code.ALGORITHM_VERSION, result.algorithm().version()),
                        ContentItem.text(
                                Code.ALGORITHM_PARAMETERS, result.algorithm().digest()));
    }

    /** With all that is meant by it. */
    private static ContentItem persons(AssessedResult result, PersonsAssessment said) throws DicomException {
        ContentItem persons = ContentItem.code(ASSESSMENT, said.answer());
        for (ResultReference object : result.objects()) {
            persons.add(
                    INFERRED_FROM,
                    object.isImage()
                            ? ContentItem.image(null, object.item())
                            : ContentItem.composite(null, object.item()));
        }
        persons.add(INFERRED_FROM, ContentItem.image(SOURCE, source(result)));
        for (String uid : TrackedGroups.uids(result)) {
            persons.add(INFERRED_FROM, ContentItem.uidref(MeasurementReport.TRACKING_UID, uid));
        }
        return persons;
    }

    /** With its frame where the object that is assessed names it so: an instance by itself is all of its frames (PS3.3 10.3). */
    private static Dataset source(AssessedResult result) {
        FrameReference frame = result.frame();
        Dataset item = new Dataset()
                .put(Tag.ReferencedSOPClassUID, frame.sopClassUid())
                .put(Tag.ReferencedSOPInstanceUID, frame.sopInstanceUid());
        return result.header().namesFrames(frame.sopInstanceUid())
                ? item.put(Tag.ReferencedFrameNumber, frame.frameNumber())
                : item;
    }
}
