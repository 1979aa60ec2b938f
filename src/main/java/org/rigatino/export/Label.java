package org.rigatino.export;

import java.util.Locale;

/** Of an image. */
enum Label {
    NORMAL,
    ABNORMAL;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
