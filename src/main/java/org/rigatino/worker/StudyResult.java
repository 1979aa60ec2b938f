package org.rigatino.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.rigatino.persistence.AgainstNormalStudies;

/**
 * Value of {@code rigatino.results}, key StudyInstanceUID: what a study revision has come to. Comes at least once for
 * the last outcome of each revision, in order. No patient data.
 *
 * @param outcome RESTORED when overlays are on their way, CONFIRMED when every destination is proved to hold what it takes of them, be it nothing,
 *     DELIVERED when some destination has taken them and is set to prove nothing, REFUSED, FAILED
 * @param percentile of the highest-ranked image among normals, 0 to 100; null where none was restored
 * @param priority HIGH, MEDIUM, LOW; null where none was restored
 * @param againstNormalStudies what decided the priority, unless a release that knows no normal studies has the study higher; left out
 *     where none that judged it knows any
 * @param reason refusal rule or failed stage; null for other outcomes
 * @param judgedAgain whether it judges again what earlier revisions judged, and stands in the place of theirs; left out where
 *     not
 */
public record StudyResult(
        String studyInstanceUid,
        int revision,
        String outcome,
        int imagesSeen,
        int imagesRestored,
        Double percentile,
        String priority,
        String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) AgainstNormalStudies againstNormalStudies,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean judgedAgain) {}
