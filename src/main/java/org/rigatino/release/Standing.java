package org.rigatino.release;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a release does. */
@Schema(name = "ReleaseStanding")
public enum Standing {
    /** Judges studies; what it says is delivered and shown. */
    SERVING,
    /** Judges the same studies in silence. */
    SHADOW
}
