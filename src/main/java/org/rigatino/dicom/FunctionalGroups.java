package org.rigatino.dicom;

import java.util.List;

/**
 * The attributes that hold for one frame: from the functional groups of an enhanced instance (PS3.3 C.7.6.16), from the
 * dataset itself of a classic one.
 */
public final class FunctionalGroups {
    private final Dataset header;
    private final Dataset shared;
    private final Dataset perFrame;

    private FunctionalGroups(Dataset header, Dataset shared, Dataset perFrame) {
        this.header = header;
        this.shared = shared;
        this.perFrame = perFrame;
    }

    /** @param frame 1-based */
    public static FunctionalGroups of(Dataset header, int frame) {
        List<Dataset> shared = header.items(Tag.SharedFunctionalGroupsSequence);
        List<Dataset> perFrame = header.items(Tag.PerFrameFunctionalGroupsSequence);
        return new FunctionalGroups(
                header,
                shared.isEmpty() ? new Dataset() : shared.get(0),
                frame <= perFrame.size() ? perFrame.get(frame - 1) : new Dataset());
    }

    /** Whether the instance has functional groups at all. */
    public boolean present() {
        return header.contains(Tag.SharedFunctionalGroupsSequence)
                || header.contains(Tag.PerFrameFunctionalGroupsSequence);
    }

    /**
     * The item of a functional group macro: the frame's own, or the shared one, or the whole dataset of an instance
     * without functional groups; empty where an enhanced instance lacks the macro.
     */
    public Dataset macro(int sequenceTag) {
        if (!present()) {
            return header;
        }
        for (Dataset groups : List.of(perFrame, shared)) {
            List<Dataset> items = groups.items(sequenceTag);
            if (!items.isEmpty()) {
                return items.get(0);
            }
        }
        return new Dataset();
    }
}
