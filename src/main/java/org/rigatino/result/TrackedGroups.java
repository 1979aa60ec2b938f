package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.FrameReference;

/** What a {@link MeasurementReport} that was written measures in a frame, and what an {@link AssessmentReport} says that it is about. */
final class TrackedGroups {
    private TrackedGroups() {}

    /** Tracking UIDs of what is assessed; none where the object at hand names none. */
    static List<String> uids(AssessedResult result) throws DicomException {
        return switch (result.kind()) {
            case MEASUREMENT_REPORT -> uids(result.header(), result.frame());
            case ASSESSMENT -> named(result.header());
            default -> List.of();
        };
    }

    private static List<String> named(Dataset item) throws DicomException {
        List<String> found = new ArrayList<>();
        for (Dataset child : children(item)) {
            if (MeasurementReport.TRACKING_UID.isNameOf(child)) {
                found.add(child.require(Tag.UID));
            }
            found.addAll(named(child));
        }
        return found;
    }

    /** Of the measurement groups whose outline is on the frame, in the report's order. */
    private static List<String> uids(Dataset report, FrameReference frame) throws DicomException {
        List<String> found = new ArrayList<>();
        for (Dataset container : report.items(Tag.ContentSequence)) {
            for (Dataset group : children(container)) {
                if (MeasurementReport.MEASUREMENT_GROUP.isNameOf(group) && isOn(group, frame)) {
                    found.add(trackingUid(group));
                }
            }
        }
        return found;
    }

    private static List<Dataset> children(Dataset item) throws DicomException {
        return item.contains(Tag.ContentSequence) ? item.items(Tag.ContentSequence) : List.of();
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
            if (MeasurementReport.TRACKING_UID.isNameOf(item)) {
                return item.require(Tag.UID);
            }
        }
        throw new DicomException("a measurement group of the report has no tracking UID");
    }
}
