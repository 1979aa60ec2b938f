package org.rigatino.web;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.finding.Priority;
import org.rigatino.identity.Untold;

/** A study and the earlier ones of its patient. */
public record EarlierStudies(
        @Schema(description = "The study that was asked for") Restored study,
        @Schema(description = "The latest first") List<Restored> earlier,
        @Schema(description = "How many earlier ones there are; those above are the latest of them") int total,
        @Schema(description = "Studies of the patient that are later, which are not listed") int later,
        @Schema(description = "Studies of the patient that have no Study Date, or all where this one has none")
                int undated,
        @Schema(
                        description =
                                "Studies with this Patient ID that are not known to be of the same patient, since issuer, name,"
                                        + " birth date or sex differ or are not known, or since studies contradict each other: not listed")
                int uncertain,
        @Schema(description = "Why it cannot be told which studies are of the patient; null where it can")
                Untold untold) {

    /** What became of one study, as it stands. */
    public record Restored(
            String studyInstanceUid,
            @Schema(description = "As VR DA") String studyDate,
            @Schema(description = "From its Study Date to that of the study asked for") Long daysBefore,
            List<String> modalities,
            List<String> bodyParts,
            Priority priority,
            @Schema(description = "By each release, and the settings that it ran with") List<OfRelease> findings) {}

    /** What one release says of a study. Scores of different releases are of different scales. */
    public record OfRelease(
            String modelName,
            String modelVersion,
            String modelDigest,
            String configurationDigest,
            @Schema(description = "Of the highest image") double score,
            double percentile,
            long images,
            long imagesFlagged,
            @Schema(
                            description =
                                    "Of what is marked; null where the release does not judge studies, or it is not known")
                    Double millilitres) {
        public String model() {
            return modelName + "/" + modelVersion;
        }
    }
}
