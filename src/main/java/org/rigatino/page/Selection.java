package org.rigatino.page;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.finding.Priority;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.persistence.WorklistEntry.State;
import org.rigatino.triage.FilterChoices.Choices;
import org.rigatino.triage.RevisionLists;
import org.rigatino.triage.StudyFilter;
import org.rigatino.triage.WorklistFilter;
import org.rigatino.triage.WorklistPage;

/**
 * Which list is shown, and what of it.
 *
 * @param page from 0
 * @param level what of whose studies are the visitor may look for
 */
public record Selection(
        Show show,
        int page,
        ListQuery query,
        StudyFilter filter,
        IdentityLevel level,
        Choices choices,
        List<Tab> tabs) {
    /** The links above the list. */
    public enum Show {
        OPEN,
        MINE,
        ARRIVING,
        ACKNOWLEDGED,
        REFUSED;

        /** Of what is not on the worklist; else null. */
        RevisionLists.Kind kind() {
            return switch (this) {
                case ARRIVING -> RevisionLists.Kind.ARRIVING;
                case REFUSED -> RevisionLists.Kind.REFUSED;
                default -> null;
            };
        }
    }

    /** @param count studies that the filter lets through; null where nothing is narrowed down */
    public record Tab(Show show, String link, Long count) {}

    static Selection of(Show show, int page, ListQuery query, IdentityLevel level) {
        return new Selection(show, page, query, query.filter(), level, null, List.of());
    }

    Selection with(Choices there, List<Tab> all) {
        return new Selection(show, page, query, filter, level, there, all);
    }

    Selection at(int shown) {
        return new Selection(show, shown, query, filter, level, choices, tabs);
    }

    public String before() {
        return link(show, page - 1);
    }

    public String after() {
        return link(show, page + 1);
    }

    /** Whether there are studies beyond this page. */
    public boolean isFollowed(WorklistPage list) {
        return list.total() > (page + 1L) * list.size();
    }

    public boolean isFiltered() {
        return !query.given().isEmpty();
    }

    public boolean isFull() {
        return level == IdentityLevel.FULL;
    }

    public boolean isAnyShown() {
        return level != IdentityLevel.NONE;
    }

    public boolean isOnWorklist() {
        return show.kind() == null;
    }

    public List<Priority> getPriorities() {
        return List.of(Priority.values());
    }

    public boolean isPriority(String priority) {
        return query.priorities != null && query.priorities.contains(priority);
    }

    public boolean isModality(String modality) {
        return filter.modalities().contains(modality);
    }

    public boolean isSender(String sender) {
        return sender.equals(filter.sender());
    }

    public boolean isRelease(String release) {
        return release.equals(query.release);
    }

    /** Of the list as it is, to come back to: what follows the question mark. */
    public String view() {
        String query = URI.create(link(show, page)).getRawQuery();
        return query == null ? "" : query;
    }

    /** The whole of the list that is shown. */
    public String all() {
        UriBuilder all = UriBuilder.fromPath("/worklist");
        return (show == Show.OPEN ? all : all.queryParam("show", show)).build().toString();
    }

    String link(Show other, int otherPage) {
        UriBuilder link = UriBuilder.fromPath("/worklist");
        if (other != Show.OPEN) {
            link.queryParam("show", other);
        }
        for (Map.Entry<String, List<String>> given : query.given().entrySet()) {
            for (String value : given.getValue()) {
                link.queryParam(given.getKey(), "{value}").resolveTemplate("value", value);
            }
        }
        return (otherPage == 0 ? link : link.queryParam("page", otherPage))
                .build()
                .toString();
    }

    /** Of the worklist itself, which arriving and refused studies are not on. */
    WorklistFilter filter(Show list, String user) {
        State state = list == Show.ACKNOWLEDGED ? State.ACKNOWLEDGED : State.OPEN;
        String release = query.release == null || query.release.isBlank() ? null : query.release.strip();
        Set<Priority> priorities = query.chosenPriorities();
        return new WorklistFilter(state, priorities, list == Show.MINE ? user : null, null, null, release, filter);
    }
}
