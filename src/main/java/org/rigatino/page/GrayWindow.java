package org.rigatino.page;

import org.rigatino.image.Frame;

/** A window that a person chose (PS3.3 C.11.2.1.3.2, LINEAR_EXACT), over {@link Frame#values()}. */
public record GrayWindow(double center, double width) {
    /** rows*columns, 0 to 255. */
    byte[] of(Frame frame) {
        byte[] gray = new byte[frame.values().length];
        for (int i = 0; i < gray.length; i++) {
            double shade = (frame.values()[i] - center) / width + 0.5;
            gray[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, shade)));
        }
        return gray;
    }
}
