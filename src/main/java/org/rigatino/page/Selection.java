package org.rigatino.page;

import java.util.Set;
import org.rigatino.persistence.WorklistEntry.State;
import org.rigatino.triage.WorklistFilter;
import org.rigatino.triage.WorklistPage;

/**
 * Which part of the worklist is shown.
 *
 * @param page from 0
 */
public record Selection(Show show, int page) {
    /** The links above the list. */
    public enum Show {
        OPEN,
        MINE,
        ACKNOWLEDGED,
        REFUSED
    }

    public int before() {
        return page - 1;
    }

    public int after() {
        return page + 1;
    }

    /** Whether there are studies beyond this page. */
    public boolean isFollowed(WorklistPage list) {
        return list.total() > (page + 1L) * list.size();
    }

    /** Of the worklist itself, which refused studies are not on. */
    WorklistFilter filter(String user) {
        return switch (show) {
            case OPEN -> WorklistFilter.OPEN;
            case MINE -> new WorklistFilter(State.OPEN, Set.of(), user, null, null);
            case ACKNOWLEDGED -> new WorklistFilter(State.ACKNOWLEDGED, Set.of(), null, null, null);
            case REFUSED -> throw new IllegalStateException("refused studies are not on the worklist");
        };
    }
}
