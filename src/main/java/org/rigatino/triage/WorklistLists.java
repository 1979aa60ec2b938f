package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityFilter;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.WorklistEntry;

/** The worklist as people read it. Whoever is shown whose studies are is in the trail. */
@ApplicationScoped
public class WorklistLists {
    @Inject
    Session entities;

    @Inject
    Identities identities;

    @Inject
    GoneAssignees gone;

    /** @param all how many were found; 0 where they are not counted together */
    private record Found(String study, long all) {}

    /**
     * @param page from 0
     * @throws IdentityFilter.NotForThemException where the reader looks for what they are not shown
     */
    @Transactional
    public WorklistPage list(WorklistFilter filter, int page, int size, Reader reader) {
        filter.study().identity().require(reader.level());
        // Of what a search finds all is read anyway; of the rest an index gives the page without the others.
        boolean together = !filter.study().identity().isEmpty();
        String columns = "select e.study_instance_uid, " + (together ? "count(*) over ()" : "0");
        List<Found> found = query(columns, Found.class, filter, " order by " + filter.order(), reader)
                .setFirstResult(page * size)
                .setMaxResults(size)
                .getResultList();
        List<String> studies = found.stream().map(Found::study).toList();
        long total = together && !found.isEmpty() ? found.get(0).all() : count(filter, reader);
        Map<String, Identity> whose = identities.show(studies, reader);
        Map<String, WorklistView> views = views(studies);
        return new WorklistPage(
                total,
                page,
                size,
                studies.stream()
                        .map(views::get)
                        // Taken off the list since its order was read.
                        .filter(Objects::nonNull)
                        .map(view -> view.of(whose.get(view.studyInstanceUid())))
                        .toList());
    }

    /** The same, or the last page where there is none so far behind. */
    @Transactional
    public WorklistPage listOrLast(WorklistFilter filter, int page, int size, Reader reader) {
        WorklistPage list = list(filter, page, size, reader);
        return list.entries().isEmpty() && list.last() < page ? list(filter, list.last(), size, reader) : list;
    }

    private Map<String, WorklistView> views(List<String> studies) {
        Instant now = Instant.now();
        Set<String> nobodys = gone.among(studies);
        return entities
                .createQuery(Worklist.ENTRY + "e.studyInstanceUid in :studies", WorklistEntry.class)
                .setParameter("studies", studies)
                .getResultList()
                .stream()
                .map(entry -> WorklistView.of(entry, nobodys.contains(entry.studyInstanceUid), now))
                .collect(Collectors.toMap(WorklistView::studyInstanceUid, Function.identity()));
    }

    /** How many studies the filter lets through. */
    @Transactional
    public long count(WorklistFilter filter, Reader reader) {
        filter.study().identity().require(reader.level());
        return query("select count(*)", Long.class, filter, "", reader).getSingleResult();
    }

    private <T> NativeQuery<T> query(String select, Class<T> row, WorklistFilter filter, String order, Reader reader) {
        NativeQuery<T> query = entities.createNativeQuery(select + filter.from(reader.level()) + order, row);
        filter.parameters(reader.level()).forEach(query::setParameter);
        return query;
    }

    /**
     * The next open study in the order of the list that is nobody's, the reader's or somebody's who is gone, behind the last the first; empty where there is
     * no other.
     */
    @Transactional
    public Optional<String> following(String studyInstanceUid, Reader reader) {
        String behind = " and (e.place, -e.beyond, e.waiting_since, e.study_instance_uid) >"
                + " (select c.place, -c.beyond, c.waiting_since, c.study_instance_uid from worklist_entry c"
                + " where c.study_instance_uid = :uid)";
        return first(behind, studyInstanceUid, reader).or(() -> first("", studyInstanceUid, reader));
    }

    private Optional<String> first(String condition, String studyInstanceUid, Reader reader) {
        return gone.parameters(entities.createNativeQuery(
                        "select e.study_instance_uid from worklist_entry e where e.state = 'OPEN'"
                                + " and (e.assigned_to is null or e.assigned_to = :reader or " + GoneAssignees.GONE
                                + ")"
                                + " and e.study_instance_uid <> :uid" + condition
                                + " order by e.place, e.beyond desc, e.waiting_since, e.study_instance_uid limit 1",
                        String.class))
                .setParameter("reader", reader.actor().name())
                .setParameter("uid", studyInstanceUid)
                .uniqueResultOptional();
    }

    /** Empty where the study is not on the list and never was. */
    @Transactional
    public Optional<WorklistView> find(String studyInstanceUid, Reader reader) {
        return Optional.ofNullable(views(List.of(studyInstanceUid)).get(studyInstanceUid))
                .map(view -> view.of(
                        identities.show(List.of(studyInstanceUid), reader).get(studyInstanceUid)));
    }
}
