package org.rigatino.page;

import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rigatino.finding.Priority;
import org.rigatino.release.ReleaseView;
import org.rigatino.rerun.NextOfRerun.HeldUp;
import org.rigatino.rerun.Rerun;
import org.rigatino.rerun.RerunChoice;
import org.rigatino.rerun.RerunPreview;

/**
 * What the page of runs shows.
 *
 * @param releases that do not serve, and may have judged what is finished
 * @param form fields as they were sent, by their names
 * @param preview of what the form chooses; null where none was asked for
 * @param heldUp what the next study of a run waits for; null for nothing
 * @param refused why an act was not done; null where none was, or it was done
 */
public record RerunContents(
        List<Rerun> runs,
        List<ReleaseView> releases,
        Map<String, String> form,
        RerunPreview preview,
        HeldUp heldUp,
        Spoken refused) {
    private static final long MINUTE = 60;

    /** Text of a field. */
    public String field(String name) {
        return form.getOrDefault(name, "");
    }

    /** Where what the form chooses is started. */
    public String start() {
        UriBuilder address = UriBuilder.fromPath("/reruns");
        form.forEach((name, value) -> address.queryParam(name, "{value}").resolveTemplate("value", value));
        return address.build().toString();
    }

    public boolean isChosen(String name, String value) {
        return value.equals(form.get(name));
    }

    /** Whether more studies are not delivered than are named. */
    public boolean areSomeUndelivered(Rerun run) {
        return run.undelivered().size()
                < run.progress().undelivered() + run.progress().delivering();
    }

    /** Whether more studies keep what they had than are named. */
    public boolean areSomeFailures(Rerun run) {
        return run.failures().size() < run.progress().failed() + run.progress().filesGone();
    }

    /** Of what is finished. */
    public List<Priority> priorities() {
        return List.of(Priority.HIGH, Priority.MEDIUM, Priority.LOW);
    }

    /** Whether one may be started. */
    public boolean mayStart() {
        return runs.stream().allMatch(Rerun::isEnded);
    }

    public boolean isOfAll(RerunChoice choice) {
        return RerunChoice.ALL.equals(choice);
    }

    /** NAME/VERSION where a worker has seen it, else its digest. */
    public String model(String digest) {
        return releases.stream()
                .filter(release -> release.digest().equals(digest))
                .map(ReleaseView::getModel)
                .findFirst()
                .orElse(digest);
    }

    /** Whole hours of the estimate. */
    public long hours() {
        return minutesInAll() / MINUTE;
    }

    /** Minutes beyond those, rounded up. */
    public long minutes() {
        return minutesInAll() % MINUTE;
    }

    private long minutesInAll() {
        return (long) Math.ceil(preview.seconds() / MINUTE);
    }

    /** NAME/VERSION of those that would judge. */
    public String by() {
        return preview.by().stream().map(RerunPreview.Serving::model).collect(Collectors.joining(", "));
    }
}
