package org.rigatino.result;

import java.util.List;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;

/**
 * A frame as UIDs of what is made of it are named over it: what it was joined with is part of what it is, so that no UID ever
 * has two kinds of bytes, whatever came, failed or was refused between two runs.
 *
 * @param joinedWith as {@link ImageFinding#joinedWith}
 */
record NamedFrame(FrameReference reference, List<FrameReference> joinedWith) {
    static NamedFrame of(ImageFinding finding) {
        return new NamedFrame(finding.reference(), finding.joinedWith());
    }

    /** Its place and theirs; that of a frame by itself is what it was when none was joined. */
    String text() {
        return place(reference) + joined();
    }

    /** Their places; empty where there are none. */
    String joined() {
        StringBuilder joined = new StringBuilder();
        joinedWith.forEach(frame -> joined.append(" with ").append(place(frame)));
        return joined.toString();
    }

    private static String place(FrameReference frame) {
        return frame.sopInstanceUid() + " " + frame.frameNumber();
    }
}
