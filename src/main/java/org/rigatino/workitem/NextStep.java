package org.rigatino.workitem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;

/**
 * What is due for a claimed workitem.
 *
 * @param progress in percent, where it goes on
 * @param text for people at the service: how it stands, or why it is canceled; never patient data
 */
record NextStep(Kind kind, int progress, String text) {
    /** GO_ON where nothing has ended. */
    enum Kind {
        GO_ON,
        COMPLETE,
        CANCEL
    }

    /** @param fetchFailed whether its input was asked for at a source, and that has been given up */
    static NextStep of(
            ClaimedWorkitem workitem, InputStudy.Sight sight, boolean fetchFailed, Duration inputWithin, Instant now) {
        if (workitem.cancelReason() != null) {
            return cancel(workitem.cancelReason());
        }
        if (sight.missing() > 0) {
            return ofMissing(workitem, sight, fetchFailed, inputWithin, now);
        }
        if (sight.setAside() > 0) {
            return cancel(sight.setAside() + " of " + workitem.instances().size() + " input instances were set aside.");
        }
        List<InputStudy.Revision> revisions = sight.revisions();
        if (revisions.isEmpty()) {
            return new NextStep(Kind.GO_ON, 25, "The input is here.");
        }
        if (revisions.stream().anyMatch(one -> one.state() == StudyState.FAILED)) {
            return cancel("The study failed; the performer's record says why.");
        }
        if (revisions.stream().allMatch(InputStudy.Revision::ended)) {
            return ofEnded(sight);
        }
        return revisions.stream()
                .filter(one -> !one.ended())
                .map(one -> ofState(one.state()))
                .min((one, other) -> Integer.compare(one.progress, other.progress))
                .orElseThrow();
    }

    private static NextStep ofMissing(
            ClaimedWorkitem workitem, InputStudy.Sight sight, boolean fetchFailed, Duration inputWithin, Instant now) {
        if (workitem.cancelRequested()) {
            return cancel("Canceled as requested, before its input was here.");
        }
        String missing = sight.missing() + " of " + workitem.instances().size() + " input instances";
        if (fetchFailed) {
            return cancel(missing + " could not be obtained from their source.");
        }
        return now.isAfter(workitem.claimedAt().plus(inputWithin))
                ? cancel(missing + " did not come in time.")
                : new NextStep(Kind.GO_ON, 0, "Input instances are waited for.");
    }

    /** What is another patient's has no result, whatever else there is of the study. */
    private static NextStep ofEnded(InputStudy.Sight sight) {
        List<InputStudy.Revision> revisions = sight.revisions();
        List<InputStudy.Revision> refused = revisions.stream()
                .filter(one -> one.state() == StudyState.REFUSED)
                .toList();
        boolean doubt = refused.stream().anyMatch(one -> one.rule().equals(Study.PATIENT_IDENTITY));
        if (doubt || refused.size() == revisions.size()) {
            return cancel("The study was refused by rule "
                    + refused.stream()
                            .map(InputStudy.Revision::rule)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return sight.restored() == 0
                ? cancel("None of the input instances was restored; the performer's record says why.")
                : new NextStep(Kind.COMPLETE, 100, "");
    }

    private static NextStep ofState(StudyState state) {
        return switch (state) {
            case RESTORING -> new NextStep(Kind.GO_ON, 50, "The input is being worked on.");
            case RESTORED, DELIVERING, DELIVERED -> new NextStep(Kind.GO_ON, 75, "The output is being delivered.");
            default -> new NextStep(Kind.GO_ON, 25, "The input is here.");
        };
    }

    static NextStep cancel(String reason) {
        return new NextStep(Kind.CANCEL, 0, reason);
    }
}
