package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.ImagePlane;

/**
 * Collects what one model release said of one source series, frame by frame, for the objects that hold a whole series.
 * Keeps a few kilobytes a frame, no pixels. Not safe for use by several threads.
 */
public final class SeriesObjects {
    /** What the instances of one series may not differ in. */
    private static final int[] IDENTITY = {
        Tag.StudyInstanceUID,
        Tag.SeriesInstanceUID,
        Tag.PatientID,
        Tag.IssuerOfPatientID,
        Tag.PatientName,
        Tag.PatientBirthDate,
        Tag.PatientSex,
    };

    private final AlgorithmIdentification algorithm;
    private final ResultConfiguration configuration;
    private final List<JudgedFrame> frames = new ArrayList<>();
    /** Of the instance with the least UID, so that what is copied from it does not depend on the order of arrival. */
    private Dataset source;

    public SeriesObjects(AlgorithmIdentification algorithm, ResultConfiguration configuration) {
        this.algorithm = algorithm;
        this.configuration = configuration;
    }

    /**
     * @param header of the instance that the frame is from
     * @throws DicomException where the instance is of another patient, study or series than those before
     */
    public void add(Dataset header, Frame frame, ImageFinding finding) throws DicomException {
        if (source == null) {
            source = header;
        }
        for (int tag : IDENTITY) {
            if (!header.strings(tag).equals(source.strings(tag))) {
                throw new DicomException(
                        "instances of one series differ in attribute " + Tag.text(tag) + ": no object is made of both");
            }
        }
        if (header.require(Tag.SOPInstanceUID).compareTo(source.require(Tag.SOPInstanceUID)) < 0) {
            source = header;
        }
        frames.add(JudgedFrame.of(header, frame, finding, configuration));
    }

    /** Forgets the frames of an instance that turned out to be unreadable in another frame. */
    public void leaveOut(String sopInstanceUid) {
        frames.removeIf(frame -> frame.reference().sopInstanceUid().equals(sopInstanceUid));
    }

    /** One object a kind, or several where frames of the series do not lie alike; none where there are no frames. */
    public List<EncodedObject> encode(Set<ObjectKind> kinds) throws DicomException {
        List<EncodedObject> objects = new ArrayList<>();
        if (frames.isEmpty()) {
            return objects;
        }
        for (Segmentation.Type type : Segmentation.Type.values()) {
            if (kinds.contains(type.kind)) {
                for (List<JudgedFrame> alike : grouped(SeriesObjects::geometry)) {
                    objects.add(Segmentation.encode(type, source, alike, algorithm, configuration));
                }
            }
        }
        List<EncodedObject> segmentations = List.copyOf(objects);
        if (kinds.contains(ObjectKind.PRESENTATION_STATE)) {
            for (List<JudgedFrame> alike : grouped(SeriesObjects::grayScale)) {
                objects.add(PresentationState.encode(source, alike, algorithm, configuration));
            }
        }
        if (kinds.contains(ObjectKind.MEASUREMENT_REPORT)) {
            objects.add(MeasurementReport.encode(source, frames, segmentations, algorithm, configuration));
        }
        return objects;
    }

    private Collection<List<JudgedFrame>> grouped(Function<JudgedFrame, String> key) {
        return frames.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static String geometry(JudgedFrame frame) {
        Optional<ImagePlane> plane = frame.plane();
        return frame.rows() + " " + frame.columns() + " " + frame.spacing() + " "
                + plane.map(ImagePlane::frameOfReferenceUid) + " "
                + plane.map(lies -> Arrays.toString(lies.orientation()));
    }

    private static String grayScale(JudgedFrame frame) {
        Dataset attributes = frame.attributes();
        return frame.rows() + " " + frame.columns() + " " + frame.spacing() + " "
                + attributes.strings(Tag.PhotometricInterpretation)
                + attributes.strings(Tag.RescaleSlope)
                + attributes.strings(Tag.RescaleIntercept)
                + attributes.contains(Tag.ModalityLUTSequence);
    }
}
