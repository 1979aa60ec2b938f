package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.StudyLife;

/** What people do about the deliveries to one destination, each act with its audit rows in one transaction. */
@ApplicationScoped
@PersonsAct
public class DestinationActs {
    private static final int MOST = 1000;
    /** Few enough for their outputs to be read one by one, in place of all. */
    private static final int SOME = 100;

    @Inject
    EntityManager entities;

    @Inject
    DestinationsInForce inForce;

    @Inject
    AddedDestinations added;

    @Inject
    DeliveryRecord record;

    @Inject
    StudyLife life;

    @Inject
    AuditTrail audit;

    /** HQL that holds of a delivery {@code d} of an output {@code o} which the rules of the house let the destination have. */
    private static final String RULES_LET = "(d.study.ruledDestinations is null or cast(sql('jsonb_exists(? -> ?, ?)',"
            + " d.study.ruledDestinations, d.destination, cast(o.kind as string)) as boolean) = true)";

    private static final EnumSet<Delivery.State> GIVEN_UP =
            EnumSet.of(Delivery.State.DECLINED, Delivery.State.CANCELLED);

    /** HQL by whose literals the partial index delivery_given_up is found. */
    private static final String KEPT = "d.state in (" + literals(Delivery.State.DECLINED, Delivery.State.CANCELLED)
            + ") and d.outputsDeleted = false";

    /** HQL that holds of what is sent again, but for where it is for. */
    private static final String AGAIN = KEPT + " and d.study.state <> :failed and d.study.supersededAt is null"
            + " and d.study.outputsDeletedAt is null and " + Output.STANDS + " and " + RULES_LET;

    private static final String FROM = " from Delivery d join d.output o where ";

    private static final String NOTE = "org.rigatino.result.ObjectKind.REJECTION_NOTE";

    static String literals(Delivery.State... states) {
        return Stream.of(states)
                .map(state -> Delivery.State.class.getName().replace('$', '.') + "." + state)
                .collect(Collectors.joining(", "));
    }

    /**
     * What is shown of a destination before {@link #repeat}.
     *
     * @param place where it is; null where it is not configured
     * @param deliveries how many would be sent again; one more than are at once where they are more
     * @param elsewhere how many would not, since another place declined them, or they were cancelled for it: of those that were looked at
     *     to find the others
     */
    public record Again(String place, long deliveries, long elsewhere) {
        /** As a person says that it was shown. */
        public static Again shown(String place, long deliveries) {
            return new Again(place, deliveries, 0);
        }
    }

    private record GivenUp(Long id, ObjectKind kind, String place) {
        private boolean isFor(String now) {
            return now.equals(place) || place == null && kind != ObjectKind.REJECTION_NOTE;
        }
    }

    private record Found(List<Long> here, long elsewhere) {}

    /**
     * What an act came to.
     *
     * @param more whether there are more, for which it is to be done again
     */
    public record Changed(String destination, int deliveries, boolean more) {}

    /**
     * Ends what is on its way to a destination that is not configured any more, {@value #MOST} deliveries at most. Once
     * it is configured again, what was not cancelled goes on by itself.
     *
     * @throws IllegalStateException where the destination is configured
     */
    @Transactional
    public Changed cancel(String destination, Actor by) {
        return cancel(
                destination,
                by,
                "cancelled it at " + second(Instant.now()) + ": the destination is not configured any more",
                Optional.empty());
    }

    /**
     * The same of a destination that the administrator has removed.
     *
     * @param place where it was
     * @param at when
     */
    @Transactional
    Changed cancelRemoved(String destination, String place, Actor by, Instant at) {
        return cancel(destination, by, "removed the destination at " + second(at), Optional.of(place));
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Who it was stands in the trail, and so in the history of each study: a cause goes to receivers of outcomes too. */
    private Changed cancel(String destination, Actor by, String did, Optional<String> place) {
        added.lock();
        if (inForce.find(destination).isPresent()) {
            throw DestinationReason.IN_USE.conflict(destination);
        }
        EnumSet<Delivery.State> open = EnumSet.of(Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.FAILED);
        List<Delivery> rows = record.locked(ids(destination, open), open);
        String cause = "an administrator " + did;
        rows.forEach(row -> cancel(row, cause, place));
        told(rows, EventKind.DELIVERIES_CANCELLED, destination, by, " cancelled: " + cause);
        life.delivered(rows.stream().map(row -> row.study.id).toList());
        return new Changed(destination, rows.size(), rows.size() == MOST);
    }

    /** Why it had failed before is not lost. */
    private static void cancel(Delivery row, String cause, Optional<String> place) {
        if (row.output.kind != ObjectKind.REJECTION_NOTE
                && (row.state == Delivery.State.PENDING || row.place == null)) {
            row.place = place.orElse(row.place);
        }
        row.lastError = cause + (row.state == Delivery.State.FAILED ? "; it had failed before: " + row.lastError : "");
        row.state = Delivery.State.CANCELLED;
        row.transactionUid = null;
    }

    /**
     * Sends again what the destination declined, or what was cancelled, {@value #MOST} deliveries at most. Studies keep
     * their outcome; failed ones are replayed instead; what retention has deleted, a release made that does not judge its images any more,
     * or rules of the house keep from the destination, is left out; so is what another place declined, or was to get when it was cancelled, and a
     * rejection note for where it is not, or for nobody knows where, which would only be declined again.
     *
     * @param seen what the person was shown: no more is sent, the first by id
     * @throws IllegalStateException where the destination is not configured, or is elsewhere than was shown
     */
    @Transactional
    public Changed repeat(String destination, Again seen, Actor by) {
        DeliverConfiguration.Destination now = inForce.held().get(destination);
        if (now == null) {
            throw DestinationReason.GONE.conflict(destination);
        }
        String place = DestinationKind.place(now);
        if (!place.equals(seen.place())) {
            throw DestinationReason.ELSEWHERE.conflict(destination, place, seen.place());
        }
        int most = (int) Math.max(0, Math.min(MOST, seen.deliveries()));
        List<Long> found = again(destination, place, most + 1).here();
        List<Delivery> rows = record.locked(found.subList(0, Math.min(most, found.size())), GIVEN_UP);
        rows.forEach(Outbox::again);
        told(rows, EventKind.DELIVERIES_REPEATED, destination, by, " to be sent again");
        return new Changed(destination, rows.size(), found.size() > most);
    }

    /** What {@link #repeat} would do. */
    @Transactional
    public Again again(String destination) {
        DeliverConfiguration.Destination now = inForce.all().get(destination);
        if (now == null) {
            return new Again(null, 0, 0);
        }
        String place = DestinationKind.place(now);
        Found found = again(destination, place, MOST + 1);
        return new Again(place, found.here().size(), found.elsewhere());
    }

    /** Looked for among the first that were given up, then among the next. */
    private Found again(String destination, String place, int most) {
        List<Long> here = new ArrayList<>();
        long elsewhere = 0;
        List<Long> some = givenUp(destination, 0);
        while (!some.isEmpty() && here.size() < most) {
            long last = some.get(some.size() - 1);
            List<GivenUp> kept = again(destination, some.get(0), last);
            kept.stream().filter(row -> row.isFor(place)).map(GivenUp::id).forEach(here::add);
            elsewhere += kept.stream()
                    .filter(row -> row.kind() != ObjectKind.REJECTION_NOTE && !row.isFor(place))
                    .count();
            some = some.size() < SOME ? List.of() : givenUp(destination, last);
        }
        return new Found(here.subList(0, Math.min(most, here.size())), elsewhere);
    }

    private List<Long> givenUp(String destination, long after) {
        return entities.createQuery(
                        "select d.id from Delivery d where d.destination = :destination and d.id > :after and " + KEPT
                                + " order by d.id",
                        Long.class)
                .setParameter("destination", destination)
                .setParameter("after", after)
                .setMaxResults(SOME)
                .getResultList();
    }

    private List<GivenUp> again(String destination, long from, long to) {
        return entities.createQuery(
                        "select d.id, o.kind, d.place" + FROM
                                + "d.destination = :destination and d.id between :from and :to" + " and " + AGAIN
                                + " order by d.id",
                        GivenUp.class)
                .setParameter("destination", destination)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("failed", StudyState.FAILED)
                .getResultList();
    }

    /**
     * How many rejection notes {@link #repeat} leaves out for where they are for alone: for another place than where their destination is
     * now, or for nobody knows where.
     */
    @Transactional
    public Map<String, Long> notesForElsewhere() {
        Map<String, DeliverConfiguration.Destination> all = inForce.all();
        return entities
                .createQuery(
                        "select d.destination, d.place, count(*)" + FROM + "o.kind = " + NOTE + " and " + AGAIN
                                + " group by d.destination, d.place",
                        Object[].class)
                .setParameter("failed", StudyState.FAILED)
                .getResultList()
                .stream()
                .filter(row -> all.containsKey((String) row[0])
                        && !DestinationKind.place(all.get((String) row[0])).equals(row[1]))
                .collect(Collectors.groupingBy(row -> (String) row[0], Collectors.summingLong(row -> (Long) row[2])));
    }

    private List<Long> ids(String destination, Set<Delivery.State> states) {
        return entities.createQuery(
                        "select d.id from Delivery d where d.destination = :destination and d.state in :states order by d.id",
                        Long.class)
                .setParameter("destination", destination)
                .setParameter("states", states)
                .setMaxResults(MOST)
                .getResultList();
    }

    /** An event a study, so that it stands in the history of each. */
    private void told(List<Delivery> rows, EventKind kind, String destination, Actor by, String what) {
        Map<String, Long> studies = rows.stream()
                .map(row -> row.study)
                .collect(Collectors.groupingBy(DestinationActs::uid, TreeMap::new, Collectors.counting()));
        studies.forEach((uid, count) ->
                audit.append(by.did(new AuditTrail.Event(kind, uid, destination, count + " deliveries" + what))));
    }

    private static String uid(Study study) {
        return study.studyInstanceUid;
    }
}
