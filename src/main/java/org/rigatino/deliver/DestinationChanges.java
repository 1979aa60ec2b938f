package org.rigatino.deliver;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * What an administrator does about which destinations there are, each act with its audit row, before and after, in one
 * transaction. In force in every process within a second or two; what the configuration has is in force before.
 */
@ApplicationScoped
public class DestinationChanges {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

    @Inject
    DestinationsInForce inForce;

    @Inject
    AddedDestinations record;

    @Inject
    Destinations destinations;

    @Inject
    DeliveryRecord deliveries;

    @Inject
    AuditTrail audit;

    /** @throws IllegalArgumentException that says what cannot be right, as the start says it of a file */
    void check(String name, DestinationSettings settings) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name for a destination: 1 to 32 small letters, digits"
                            + " and hyphens, of which none is first or last");
        }
        DestinationObjects.check(name, settings.destination());
        DestinationObjects.checkOther(name, settings.destination(), ConfigProvider.getConfig());
        try {
            destinations.node(name, settings.destination());
        } catch (ConfigurationException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Another archive, or another of a name that is not in use any more: what is open of that goes on to this.
     *
     * @throws IllegalArgumentException where it cannot be right, or another name has that place
     * @throws IllegalStateException where the name is in use
     */
    @Transactional
    public AddedDestination add(String name, DestinationSettings settings, Actor by) {
        check(name, settings);
        record.lock();
        requireNotByFile(name);
        if (record.find(name).isPresent()) {
            throw new IllegalStateException("a destination " + name + " is there already: look at it, and change that");
        }
        requirePlaceFree(name, settings);
        record.add(name, settings, false, by.name());
        deliveries.sendAnew(name);
        AddedDestination added = known(name);
        told(EventKind.DESTINATION_ADDED, name, "before: none; after: " + added.told(), by);
        return added;
    }

    /**
     * What is not proved yet of what was sent to where the archive was before is sent anew to where it is now.
     *
     * @param version of the row that was shown
     * @throws NoSuchElementException where nobody added it
     * @throws IllegalArgumentException where it cannot be right, or another name has that place
     * @throws IllegalStateException where somebody was quicker
     */
    @Transactional
    public AddedDestination change(String name, long version, DestinationSettings settings, Actor by) {
        check(name, settings);
        record.lock();
        AddedDestination before = asShown(name, version);
        requireNotByFile(name);
        requirePlaceFree(name, settings);
        return change(before, settings, before.paused(), by);
    }

    /** Nothing is sent there, or it goes on. @param version and what is thrown as of {@link #change} */
    @Transactional
    public AddedDestination pause(String name, long version, boolean paused, Actor by) {
        record.lock();
        AddedDestination before = asShown(name, version);
        requireNotByFile(name);
        return change(before, before.settings(), paused, by);
    }

    private AddedDestination change(AddedDestination before, DestinationSettings settings, boolean paused, Actor by) {
        record.change(before.name(), settings, paused, by.name());
        if (!settings.isAtThePlaceOf(before.settings())) {
            deliveries.sendAnew(before.name());
        }
        AddedDestination after = known(before.name());
        told(EventKind.DESTINATION_CHANGED, before.name(), "before: " + before.told() + "; after: " + after.told(), by);
        return after;
    }

    /**
     * Its open deliveries are to be cancelled by the caller, in transactions of their own.
     *
     * @param version of the row that was shown
     * @param openShown how many deliveries were shown to be open
     * @return whether the destination is gone; where the configuration has one of the name, that goes on
     * @throws NoSuchElementException where nobody added it
     * @throws IllegalStateException where somebody was quicker, or more is open than was shown
     */
    @Transactional
    boolean removeRow(String name, long version, long openShown, Actor by) {
        record.lock();
        AddedDestination before = asShown(name, version);
        boolean gone = !inForce.isByFile(name);
        record.remove(name);
        long open = gone ? deliveries.open(name) : 0;
        if (open > openShown) {
            throw new IllegalStateException(open + " deliveries to " + name + " are open now, and " + openShown
                    + " were shown: look again before you remove it");
        }
        told(
                EventKind.DESTINATION_REMOVED,
                name,
                "before: " + before.told() + "; after: "
                        + (gone ? "none, " + open + " deliveries open" : "that of the configuration, as before"),
                by);
        return gone;
    }

    private AddedDestination asShown(String name, long version) {
        AddedDestination row = known(name);
        if (row.version() != version) {
            throw new IllegalStateException("somebody was quicker: " + row.changedBy() + " changed " + name + " at "
                    + row.changedAt() + "; look again");
        }
        return row;
    }

    private AddedDestination known(String name) {
        return record.find(name)
                .orElseThrow(() -> new NoSuchElementException(
                        "no destination " + name + " was added here: one of a file is changed there"));
    }

    private void requireNotByFile(String name) {
        if (inForce.isByFile(name)) {
            throw new IllegalStateException("destination " + name + " is in this process's configuration, which is in"
                    + " force: change rigatino.deliver.destinations." + name + " there");
        }
    }

    private void requirePlaceFree(String name, DestinationSettings settings) {
        inForce.all().forEach((other, destination) -> {
            if (!other.equals(name)
                    && destination
                            .host()
                            .filter(settings.host()::equalsIgnoreCase)
                            .isPresent()
                    && destination.port() == settings.port()
                    && destination.aeTitle().filter(settings.aeTitle()::equals).isPresent()) {
                throw new IllegalArgumentException("rigatino.deliver.destinations." + name + " would be "
                        + settings.aeTitle() + " at " + settings.host() + ":" + settings.port() + ", as " + other
                        + " is: an archive would receive everything twice");
            }
        });
    }

    private void told(EventKind kind, String name, String detail, Actor by) {
        audit.append(by.did(new AuditTrail.Event(kind, null, name, detail)));
    }
}
