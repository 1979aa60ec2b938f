package org.rigatino.ingest;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.rule.Subject;

/**
 * What ingest needs to know of a dataset.
 *
 * @param modality null where absent
 * @param identity whose the study is; null where its header does not tell
 * @param asked what rules of the house may ask of it; who sent it is not known here
 * @param ownOutput whether the dataset names Rigatino as Manufacturer of its equipment (PS3.3 C.7.5.1)
 */
record InstanceHeader(
        String sopClassUid,
        String sopInstanceUid,
        String studyInstanceUid,
        String seriesInstanceUid,
        String modality,
        StudyIdentity identity,
        Subject asked,
        boolean ownOutput) {
    /** All that is asked below: who sends chooses what else is in the file, and how much of it. */
    private static final Set<Integer> ASKED = Stream.of(
                    Set.of(
                            Tag.SOPClassUID,
                            Tag.SOPInstanceUID,
                            Tag.StudyInstanceUID,
                            Tag.SeriesInstanceUID,
                            Tag.Modality,
                            Tag.Manufacturer),
                    StudyIdentity.TAGS,
                    Subject.TAGS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** @throws DicomException where the dataset is unreadable or lacks a UID that places it in a study */
    static InstanceHeader read(Path file) throws DicomException {
        return of(Dataset.readOnly(file, ASKED));
    }

    static InstanceHeader of(Dataset dataset) throws DicomException {
        String study = Uids.require(dataset, Tag.StudyInstanceUID);
        return new InstanceHeader(
                Uids.require(dataset, Tag.SOPClassUID),
                Uids.require(dataset, Tag.SOPInstanceUID),
                study,
                Uids.require(dataset, Tag.SeriesInstanceUID),
                dataset.string(Tag.Modality).orElse(null),
                StudyIdentity.of(study, dataset).orElse(null),
                Subject.of(dataset),
                OwnOutput.is(dataset));
    }
}
