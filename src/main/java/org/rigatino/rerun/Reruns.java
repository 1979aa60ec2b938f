package org.rigatino.rerun;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.rerun.Rerun.State;
import org.rigatino.rerun.RerunPreview.Serving;

/** What administrators do about runs, each act with its audit row in one transaction. One run is under way at a time. */
@ApplicationScoped
@PersonsAct
public class Reruns {
    private static final int MOST = 20;

    @Inject
    RerunRows rows;

    @Inject
    ChosenStudies chosen;

    @Inject
    AuditTrail audit;

    /** The latest first. */
    @Transactional
    public List<Rerun> list() {
        return rows.latest(MOST);
    }

    @Transactional
    public Optional<Rerun> find(long id) {
        return rows.find(id);
    }

    @Transactional
    public RerunPreview preview(RerunChoice choice) {
        return chosen.preview(choice);
    }

    /** @throws IllegalStateException where one is under way, or no study is chosen */
    @Transactional
    public Rerun start(RerunChoice choice, Actor by) {
        return start(choice, chosen.preview(choice), by);
    }

    private Rerun start(RerunChoice choice, RerunPreview preview, Actor by) {
        if (preview.studies() == 0) {
            throw RerunReason.NONE_FITS.conflict();
        }
        long id = rows.insert(choice, by.name()).orElseThrow(RerunReason.UNDER_WAY::conflict);
        told(
                EventKind.RERUN_STARTED,
                id,
                preview.studies() + " studies, " + preview.images() + " images, " + choice.told(),
                by);
        return rows.find(id).orElseThrow();
    }

    /**
     * The same, of what a person has looked at.
     *
     * @param studies that the preview said, as a form has it
     * @param by digests of the releases that it named
     * @throws IllegalArgumentException where it says none
     * @throws IllegalStateException where it is another number by now, or others serve, too
     */
    @Transactional
    public Rerun startPreviewed(RerunChoice choice, String studies, Collection<String> by, Actor who) {
        if (studies == null || !studies.matches("[0-9]{1,18}")) {
            throw RerunReason.PREVIEW_FIRST.wrong();
        }
        RerunPreview now = chosen.preview(choice);
        if (now.studies() != Long.parseLong(studies)) {
            throw RerunReason.OTHERS_FIT.conflict(now.studies(), studies);
        }
        if (!now.by().stream().map(Serving::digest).collect(Collectors.toSet()).equals(Set.copyOf(by))) {
            throw RerunReason.OTHERS_SERVE.conflict(
                    now.by().stream().map(Serving::model).collect(Collectors.joining(", ")));
        }
        return start(choice, now, who);
    }

    /** A study that is under way is judged to its end. */
    @Transactional
    public Rerun pause(long id, Actor by) {
        return move(id, State.RUNNING, State.PAUSED, EventKind.RERUN_PAUSED, by);
    }

    @Transactional
    public Rerun goOn(long id, Actor by) {
        return move(id, State.PAUSED, State.RUNNING, EventKind.RERUN_CONTINUED, by);
    }

    /** For good; what it came to stays. A study that is under way is judged to its end. */
    @Transactional
    public Rerun stop(long id, Actor by) {
        LockedRun run = known(id);
        return move(run, run.state().isEnded() ? null : run.state(), State.STOPPED, EventKind.RERUN_STOPPED, by);
    }

    private Rerun move(long id, State from, State to, EventKind kind, Actor by) {
        return move(known(id), from, to, kind, by);
    }

    private Rerun move(LockedRun run, State from, State to, EventKind kind, Actor by) {
        if (run.state() != from) {
            throw RerunReason.MOVED.conflict(run.id(), run.state());
        }
        Rerun before = rows.find(run.id()).orElseThrow();
        rows.move(run.id(), to, null);
        told(kind, run.id(), told(before), by);
        return rows.find(run.id()).orElseThrow();
    }

    private LockedRun known(long id) {
        return rows.locked(id).orElseThrow(() -> RerunReason.UNKNOWN.unknown(id));
    }

    private static String told(Rerun run) {
        return run.progress().told() + "; " + run.progress().left() + " to be judged";
    }

    private void told(EventKind kind, long run, String detail, Actor by) {
        audit.append(by.did(new AuditTrail.Event(kind, null, "run " + run, detail)));
    }
}
