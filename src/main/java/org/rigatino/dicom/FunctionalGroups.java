package org.rigatino.dicom;

import java.util.List;

/**
 * The attributes that hold for one frame: from the functional groups of an instance whose SOP class has them (PS3.3
 * C.7.6.16), from the dataset itself of every other, whatever group sequences it carries.
 */
public final class FunctionalGroups {
    private final Dataset header;
    private final boolean present;
    private final Dataset shared;
    private final Dataset perFrame;

    private FunctionalGroups(Dataset header, boolean present, Dataset shared, Dataset perFrame) {
        this.header = header;
        this.present = present;
        this.shared = shared;
        this.perFrame = perFrame;
    }

    /**
     * Where the SOP class has functional groups and the instance has none at all, every macro is missing.
     *
     * @param frame 1-based
     * @throws DicomException where the SOP class has functional groups and they cannot be read, or are not those of as many
     *     frames as there are
     */
    public static FunctionalGroups of(Dataset header, int frame) throws DicomException {
        if (!belongTo(header)) {
            return new FunctionalGroups(header, false, new Dataset(), new Dataset());
        }
        List<Dataset> shared = header.items(Tag.SharedFunctionalGroupsSequence);
        List<Dataset> perFrame = header.items(Tag.PerFrameFunctionalGroupsSequence);
        if (!header.contains(Tag.SharedFunctionalGroupsSequence)
                && !header.contains(Tag.PerFrameFunctionalGroupsSequence)) {
            return new FunctionalGroups(header, true, new Dataset(), new Dataset());
        }
        int frames = Math.max(1, header.integer(Tag.NumberOfFrames, 1));
        if (shared.size() > 1 || perFrame.size() != frames) {
            throw new DicomException("functional groups of " + perFrame.size() + " frames and " + shared.size()
                    + " shared where Number of Frames is " + frames + " (PS3.3 C.7.6.16)");
        }
        return new FunctionalGroups(
                header, true, shared.isEmpty() ? new Dataset() : shared.get(0), perFrame.get(frame - 1));
    }

    /** Multi-frame Secondary Capture may have groups (PS3.3 A.8.2 to A.8.5); it has none where it has no item of them. */
    private static boolean belongTo(Dataset header) throws DicomException {
        String sopClass = header.string(Tag.SOPClassUID).orElse("");
        if (SopClass.mayHaveFunctionalGroups(sopClass)) {
            return !header.items(Tag.PerFrameFunctionalGroupsSequence).isEmpty();
        }
        return SopClass.hasFunctionalGroups(sopClass);
    }

    /** Whether what holds for a frame is in functional groups, as its SOP class says. */
    public boolean present() {
        return present;
    }

    /**
     * The item of a functional group macro: the frame's own, or the shared one, or the whole dataset of an instance
     * without functional groups; empty where an enhanced instance lacks the macro, of which {@link #has} tells.
     *
     * @throws DicomException where the macro is there and cannot be read, or has more than one item
     */
    public Dataset macro(int sequenceTag) throws DicomException {
        if (!present) {
            return header;
        }
        for (Dataset groups : List.of(perFrame, shared)) {
            List<Dataset> items = groups.items(sequenceTag);
            if (items.size() > 1) {
                throw new DicomException("functional group " + Tag.text(sequenceTag) + " holds " + items.size()
                        + " items where one says what holds for the frame");
            }
            if (!items.isEmpty()) {
                return items.get(0);
            }
        }
        return new Dataset();
    }

    /** Whether the macro is there for the frame; always so where the dataset itself stands for it. */
    public boolean has(int sequenceTag) throws DicomException {
        return !present
                || !perFrame.items(sequenceTag).isEmpty()
                || !shared.items(sequenceTag).isEmpty();
    }
}
