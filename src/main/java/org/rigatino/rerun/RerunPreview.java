package org.rigatino.rerun;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a run would have to do.
 *
 * @param images of its revisions, refused ones included
 * @param filesGone studies besides that fit, and stay as they are
 * @param refusedByHouseRules studies that no run takes
 * @param by releases that serve, by name and version
 */
public record RerunPreview(
        long studies,
        long images,
        @Schema(
                        description =
                                "Studies besides that fit, and stay as they are: retention has deleted their files as received")
                long filesGone,
        @Schema(
                        description =
                                "Studies of these days and senders that rules of the house refused when they came, as the rules were then,"
                                        + " whatever the priority or release chosen: no run takes them, POST"
                                        + " /api/studies/{uid}/judge-anew does. What the rules of now refuse of the others is not known before"
                                        + " the run has read their files: those keep what they had")
                long refusedByHouseRules,
        @Schema(
                        description =
                                "Estimated from the latest studies restored here, without live work in between; absent where none was")
                Double seconds,
        List<Serving> by) {
    /** @param model NAME/VERSION */
    @Schema(name = "ServingRelease")
    public record Serving(String model, String digest) {}
}
