package org.rigatino.proof.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What REST says of a study, all its revisions taken together.
 *
 * @param state of the latest revision; of an earlier one that has not ended
 * @param percentile among normals, of the highest-ranked image; empty where nothing was restored
 * @param score of the highest-ranked image
 * @param reason refusal rule, or stage and cause of the failure; empty where neither
 * @param waitingSeconds from the last image until work began: the quiet period and the queue
 * @param workingSeconds of restoring
 * @param overlays SOP Instance UIDs of the Secondary Captures whose delivery is confirmed
 */
record StudyOutcome(
        String state,
        int imagesSeen,
        int imagesRestored,
        Optional<Double> percentile,
        Optional<Double> score,
        String priority,
        String reason,
        Optional<Double> waitingSeconds,
        Optional<Double> workingSeconds,
        List<String> overlays) {
    private static final List<String> OUTCOMES = List.of("CONFIRMED", "REFUSED", "FAILED");

    /** @param revisions at least one, in their order, as {@code /api/studies/UID} answers */
    static StudyOutcome of(JsonNode revisions) {
        JsonNode shown = studies(revisions)
                .filter(study -> !OUTCOMES.contains(text(study, "state")))
                .findFirst()
                .orElse(revisions.path(revisions.size() - 1).path("study"));
        return new StudyOutcome(
                text(shown, "state"),
                studies(revisions)
                        .mapToInt(study -> study.path("imagesSeen").asInt())
                        .sum(),
                studies(revisions)
                        .mapToInt(study -> study.path("imagesRestored").asInt())
                        .sum(),
                studies(revisions)
                        .flatMap(study -> number(study, "percentile").stream())
                        .max(Double::compare),
                each(revisions)
                        .flatMap(revision -> each(revision.path("findings")))
                        .flatMap(finding -> number(finding, "score").stream())
                        .max(Double::compare),
                text(shown, "priority"),
                reason(shown),
                number(shown, "waitingSeconds"),
                number(shown, "workingSeconds"),
                overlays(revisions));
    }

    private static List<String> overlays(JsonNode revisions) {
        Set<String> overlays = each(revisions)
                .flatMap(revision -> each(revision.path("outputs")))
                .filter(output -> text(output, "kind").equals("SECONDARY_CAPTURE"))
                .map(output -> text(output, "sopInstanceUid"))
                .collect(Collectors.toSet());
        return each(revisions)
                .flatMap(revision -> each(revision.path("deliveries")))
                .filter(delivery -> text(delivery, "state").equals("CONFIRMED"))
                .map(delivery -> text(delivery, "sopInstanceUid"))
                .filter(overlays::contains)
                .distinct()
                .toList();
    }

    boolean hasEnded() {
        return OUTCOMES.contains(state);
    }

    boolean isConfirmed() {
        return state.equals("CONFIRMED");
    }

    boolean isRefused() {
        return state.equals("REFUSED");
    }

    private static String reason(JsonNode study) {
        return study.hasNonNull("failedStage")
                ? text(study, "failedStage") + ": " + text(study, "failureCause")
                : text(study, "refusalRule");
    }

    private static Stream<JsonNode> studies(JsonNode revisions) {
        return each(revisions).map(revision -> revision.path("study"));
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Optional<Double> number(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asDouble()) : Optional.empty();
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : "";
    }
}
