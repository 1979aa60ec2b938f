package org.rigatino.result;

import java.util.ArrayList;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.image.FrameReference;

/** What an image made from one frame says of its origin (General Image and General Reference, PS3.3 C.7.6.1, C.12.4). */
final class Derivation {
    private Derivation() {}

    /** @param joinedWith frames of the same series that have a part in it, named behind its own */
    static void put(
            Dataset object, Dataset source, FrameReference frame, List<FrameReference> joinedWith, String description)
            throws DicomException {
        put(object, description, sourceImages(source, frame, joinedWith));
    }

    /** Of an image that shows what is left of its source without another. */
    static void subtraction(Dataset object) {
        object.putItems(
                Tag.DerivationCodeSequence,
                List.of(Code.dcm("113062", "Pixel by pixel subtraction").item()));
    }

    /** Items of Source Image Sequence. */
    static List<Dataset> sourceImages(Dataset source, FrameReference frame, List<FrameReference> joinedWith)
            throws DicomException {
        List<Dataset> images = new ArrayList<>(List.of(sourceImage(source, frame)));
        for (FrameReference beside : joinedWith) {
            images.add(sourceImage(source, beside));
        }
        return images;
    }

    /** An item of Source Image Sequence. */
    static Dataset sourceImage(Dataset source, FrameReference frame) throws DicomException {
        Dataset image = new Dataset()
                .put(Tag.ReferencedSOPClassUID, frame.sopClassUid())
                .put(Tag.ReferencedSOPInstanceUID, frame.sopInstanceUid())
                .putItems(
                        Tag.PurposeOfReferenceCodeSequence,
                        List.of(Code.dcm("121322", "Source image for image processing operation")
                                .item()));
        if (source.integer(Tag.NumberOfFrames, 1) > 1) {
            image.put(Tag.ReferencedFrameNumber, frame.frameNumber());
        }
        return image;
    }

    /** @param images as {@link #sourceImages} */
    static void put(Dataset object, String description, List<Dataset> images) {
        object.put(Tag.ImageType, "DERIVED", "SECONDARY")
                .put(Tag.DerivationDescription, description)
                .putItems(Tag.SourceImageSequence, images);
    }

    /** The source's own, with the frame in the last four digits where it has several. */
    static int instanceNumber(Dataset source, int frameNumber) throws DicomException {
        int instance = Math.floorMod(SourceAttributes.number(source, Tag.InstanceNumber), 200_000);
        return source.integer(Tag.NumberOfFrames, 1) > 1 ? instance * 10_000 + frameNumber % 10_000 : instance;
    }
}
