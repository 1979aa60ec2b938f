package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.RestoredImage;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.result.SecondaryCapture;
import org.rigatino.result.TriptychCapture;

/** The objects that are made of one restored frame: the overlay first, and those that are asked for. */
final class FrameObjects {
    private final Set<ObjectKind> kinds;

    /** @param kinds asked for; objects of a series may need others of its frames */
    FrameObjects(Set<ObjectKind> kinds) {
        this.kinds = kinds;
    }

    /** @param header of the instance that the frame is from */
    List<EncodedObject> encode(
            Dataset header,
            RestoredFrame restored,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        Frame frame = restored.frame();
        float[] healthy = restored.onSource();
        List<EncodedObject> objects = new ArrayList<>();
        objects.add(SecondaryCapture.encode(header, frame, finding, algorithm, configuration));
        if (kinds.contains(ObjectKind.RESTORED_IMAGE)) {
            objects.add(RestoredImage.encode(header, frame, healthy, finding, algorithm, configuration));
        }
        if (ObjectKind.TRIPTYCH.isNeededFor(kinds)) {
            objects.add(TriptychCapture.encode(header, frame, healthy, finding, algorithm, configuration));
        }
        return objects;
    }
}
