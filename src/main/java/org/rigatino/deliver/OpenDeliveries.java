package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import org.rigatino.access.Actor;
import org.rigatino.persistence.Delivery;

/** What is not at its end of all that goes to a destination, where it is the destination that changes. */
@ApplicationScoped
public class OpenDeliveries {
    @Inject
    EntityManager entities;

    @Inject
    DeliveryRecord record;

    @Inject
    DeliveryMoves moves;

    /** Says of what is on its way elsewhere why it does not move. */
    @Transactional
    public void notConfigured(Collection<String> destinations) {
        tell(
                "destination <> all (cast(:destinations as text[]))",
                destinations,
                "the destination is not there any more: it was removed, or taken out of"
                        + " rigatino.deliver.destinations; put it back, or cancel what is on its way to it"
                        + " (POST /api/destinations/{name}/cancel)");
    }

    /** Says of all that is on its way to a destination why it does not move. */
    @Transactional
    public void held(String destination, String cause) {
        tell("destination = any (cast(:destinations as text[]))", List.of(destination), cause);
    }

    /** Locked in the order of their ids. */
    private void tell(String which, Collection<String> destinations, String cause) {
        entities.createNativeQuery("with held as (select id from delivery where " + which
                        + " and state in ('PENDING', 'SENT') and last_error is distinct from :cause"
                        + " order by id for no key update)"
                        + " update delivery d set last_error = :cause from held where d.id = held.id")
                .setParameter("cause", cause)
                .setParameter("destinations", destinations.toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * What was sent to where the destination was before, and not proved, is to be sent to where it is now. Each study's
     * history says how many of its objects the place before has taken.
     *
     * @param place before
     * @return how many objects
     */
    @Transactional(Transactional.TxType.MANDATORY)
    long sendAnew(String destination, String place, Actor by) {
        List<Delivery> taken = record.locked(
                entities.createQuery(
                                "select id from Delivery where destination = :destination and state = :sent",
                                Long.class)
                        .setParameter("destination", destination)
                        .setParameter("sent", Delivery.State.SENT)
                        .getResultList(),
                Delivery.State.SENT);
        for (Delivery row : taken) {
            row.state = Delivery.State.PENDING;
            row.transactionUid = null;
            row.sentAt = null;
            row.commitmentRequests = 0;
            row.warning = null;
            row.nextAttemptAt = Instant.now();
        }
        moves.tellSentAnew(taken, destination, place, by);
        return taken.size();
    }

    /** How many deliveries to a destination are not at their end, or failed. */
    @Transactional
    public long open(String destination) {
        return entities.createQuery(
                        "select count(*) from Delivery where destination = :destination and state in :open", Long.class)
                .setParameter("destination", destination)
                .setParameter("open", EnumSet.of(Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.FAILED))
                .getSingleResult();
    }
}
