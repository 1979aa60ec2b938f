package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.FrameReference;

/** What a {@link MeasurementReport} that was written measures in a frame. */
final class TrackedGroups {
    private TrackedGroups() {}

    /** Tracking UIDs of the measurement groups whose outline is on the frame, in the report's order. */
    static List<String> uids(Dataset report, FrameReference frame) throws DicomException {
        List<String> found = new ArrayList<>();
        for (Dataset container : report.items(Tag.ContentSequence)) {
            for (Dataset group : children(container)) {
                if (isNamed(group, MeasurementReport.MEASUREMENT_GROUP) && isOn(group, frame)) {
                    found.add(trackingUid(group));
                }
            }
        }
        return found;
    }

    private static List<Dataset> children(Dataset item) throws DicomException {
        return item.contains(Tag.ContentSequence) ? item.items(Tag.ContentSequence) : List.of();
    }

    private static boolean isNamed(Dataset item, Code name) throws DicomException {
        return item.contains(Tag.ConceptNameCodeSequence)
                && item.items(Tag.ConceptNameCodeSequence)
                        .get(0)
                        .string(Tag.CodeValue)
                        .equals(Optional.of(name.value()));
    }

    private static boolean isOn(Dataset group, FrameReference frame) throws DicomException {
        for (Dataset outline : children(group)) {
            for (Dataset image : children(outline)) {
                if (!image.contains(Tag.ReferencedSOPSequence)) {
                    continue;
                }
                Dataset reference = image.items(Tag.ReferencedSOPSequence).get(0);
                if (reference.require(Tag.ReferencedSOPInstanceUID).equals(frame.sopInstanceUid())
                        && reference.integer(Tag.ReferencedFrameNumber, 1) == frame.frameNumber()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String trackingUid(Dataset group) throws DicomException {
        for (Dataset item : children(group)) {
            if (isNamed(item, MeasurementReport.TRACKING_UID)) {
                return item.require(Tag.UID);
            }
        }
        throw new DicomException("a measurement group of the report has no tracking UID");
    }
}
