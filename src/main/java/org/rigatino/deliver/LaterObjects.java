package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.EncodedObject;

/** Objects that come after the study's own, and that no destination must take: the file first, then its row and its deliveries. */
@ApplicationScoped
public class LaterObjects {
    @Inject
    EntityManager entities;

    @Inject
    OutputStore store;

    @Inject
    Outbox outbox;

    /**
     * In the caller's transaction.
     *
     * @param finding that the object is of
     * @throws IOException where it cannot be stored
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Output add(Study study, Finding finding, EncodedObject object, Collection<String> destinations)
            throws IOException {
        Output output = keep(study, finding, object);
        outbox.addLater(study, output, destinations);
        return output;
    }

    /**
     * The same for one destination, and only as long as that is at the place.
     *
     * @param place as {@link DestinationKind#place}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Output addFor(Study study, Finding finding, EncodedObject object, String destination, String place)
            throws IOException {
        Output output = keep(study, finding, object);
        outbox.addFor(study, output, destination, place);
        return output;
    }

    private Output keep(Study study, Finding finding, EncodedObject object) throws IOException {
        Output output = store.store(object).output(study, Instant.now().truncatedTo(ChronoUnit.MICROS));
        output.findings.add(finding);
        entities.persist(output);
        return output;
    }
}
