package org.rigatino.rerun;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a run would have to do.
 *
 * @param images of its revisions, refused ones included
 */
public record RerunPreview(
        long studies,
        long images,
        @Schema(
                        description =
                                "Estimated from the latest studies restored here, without live work in between; absent where none was")
                Double seconds) {}
