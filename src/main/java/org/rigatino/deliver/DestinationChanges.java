package org.rigatino.deliver;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * What an administrator does about which destinations there are, each act with its audit row, before and after, in one
 * transaction. In force in every process within a second or two; what the configuration has is in force before.
 */
@ApplicationScoped
@PersonsAct
public class DestinationChanges {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

    private static final String SYSTEM = "rigatino";
    private static final int MOST = 50;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Inject
    DestinationsInForce inForce;

    @Inject
    AddedDestinations record;

    @Inject
    Destinations destinations;

    @Inject
    OpenDeliveries deliveries;

    @Inject
    AuditTrail audit;

    /** @throws IllegalArgumentException that says what cannot be right, as the start says it of a file */
    void check(String name, DestinationSettings settings) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw DestinationReason.NO_NAME.wrong(name);
        }
        DestinationObjects.check(name, settings.destination());
        DestinationObjects.checkOther(name, settings.destination(), ConfigProvider.getConfig());
        try {
            destinations.node(name, settings.destination());
        } catch (ConfigurationException | ArithmeticException e) {
            throw DestinationReason.UNUSABLE.wrong(e.getMessage());
        }
        checkTimeout(name, "connect-timeout", settings.connectTimeout());
        checkTimeout(name, "response-timeout", settings.responseTimeout());
    }

    /** One that hangs is not to be waited for all day before it can be left. */
    private static void checkTimeout(String name, String field, Duration timeout) {
        if (timeout.compareTo(LONGEST) > 0) {
            throw DestinationReason.WAITS_TOO_LONG.wrong(name, field, timeout, LONGEST.toMinutes());
        }
    }

    /**
     * Another archive, or another of a name that is not in use any more: what is open of that goes on to this, where the
     * caller has seen how many.
     *
     * @param openShown how many deliveries to the name were shown to be open
     * @throws IllegalArgumentException where it cannot be right, or another name has that place
     * @throws OpenDeliveriesException where more is open than was shown
     * @throws IllegalStateException where the name is in use, or there are {@value #MOST} already
     */
    @Transactional
    public AddedDestination add(String name, DestinationSettings settings, long openShown, Actor by) {
        check(name, settings);
        record.lock();
        requireNotByFile(name);
        if (record.find(name).isPresent()) {
            throw DestinationReason.NAME_TAKEN.conflict(name);
        }
        requirePlaceFree(name, settings);
        requireRoom();
        record.add(name, settings, false, by.name());
        long open = deliveries.open(name);
        if (open > openShown) {
            throw new OpenDeliveriesException(name, open);
        }
        long anew = deliveries.sendAnew(name, "the archive that had the name before", by);
        AddedDestination added = known(name);
        told(
                EventKind.DESTINATION_ADDED,
                name,
                "before: none; after: " + added.told() + inherited(open) + anew(anew),
                by);
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

    /**
     * What the configuration hides would be in force by itself again once that does not name it any more: it is paused until
     * somebody lets it go on.
     */
    @Transactional
    void pauseHidden() {
        record.lock();
        record.all().stream()
                .filter(row -> inForce.isByFile(row.name()) && !row.paused())
                .forEach(row -> {
                    record.change(row.name(), row.settings(), true, SYSTEM);
                    audit.append(
                            EventKind.DESTINATION_CHANGED,
                            null,
                            row.name(),
                            "before: " + row.told()
                                    + "; after: paused, since the configuration of a process has the name and is"
                                    + " in force there");
                });
    }

    private AddedDestination change(AddedDestination before, DestinationSettings settings, boolean paused, Actor by) {
        record.change(before.name(), settings, paused, by.name());
        long anew = 0;
        if (!settings.isAtThePlaceOf(before.settings())) {
            anew = deliveries.sendAnew(before.name(), before.settings().place(), by);
        }
        AddedDestination after = known(before.name());
        told(
                EventKind.DESTINATION_CHANGED,
                before.name(),
                "before: " + before.told() + "; after: " + after.told() + anew(anew),
                by);
        return after;
    }

    /**
     * Its open deliveries are to be cancelled by the caller, in transactions of their own.
     *
     * @param version of the row that was shown
     * @param openShown how many deliveries were shown to be open
     * @return where it was; empty where the configuration has one of the name, which goes on
     * @throws NoSuchElementException where nobody added it
     * @throws IllegalStateException where somebody was quicker, or more is open than was shown
     */
    @Transactional
    Optional<String> removeRow(String name, long version, long openShown, Actor by) {
        record.lock();
        AddedDestination before = asShown(name, version);
        boolean gone = !inForce.isByFile(name);
        record.remove(name);
        long open = gone ? deliveries.open(name) : 0;
        if (open > openShown) {
            throw DestinationReason.MORE_OPEN.conflict(open, name, openShown);
        }
        told(
                EventKind.DESTINATION_REMOVED,
                name,
                "before: " + before.told() + "; after: "
                        + (gone ? "none, " + open + " deliveries open" : "that of the configuration, as before"),
                by);
        return gone ? Optional.of(before.settings().place()) : Optional.empty();
    }

    private AddedDestination asShown(String name, long version) {
        AddedDestination row = known(name);
        if (row.version() != version) {
            throw DestinationReason.QUICKER.conflict(row.changedBy(), name, row.changedAt());
        }
        return row;
    }

    private AddedDestination known(String name) {
        return record.find(name).orElseThrow(() -> DestinationReason.NOT_ADDED.unknown(name));
    }

    private void requireNotByFile(String name) {
        if (inForce.isByFile(name)) {
            throw DestinationReason.BY_FILE.conflict(name);
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
                throw DestinationReason.PLACE_TAKEN.wrong(
                        name, settings.aeTitle(), settings.host(), settings.port(), other);
            }
        });
    }

    private void requireRoom() {
        if (record.all().size() >= MOST) {
            throw DestinationReason.TOO_MANY.conflict(MOST);
        }
    }

    private static String inherited(long open) {
        return open == 0 ? "" : "; " + open + " open deliveries of the name go on to it";
    }

    private static String anew(long objects) {
        return objects == 0 ? "" : "; " + objects + " objects that were taken before are sent anew";
    }

    private void told(EventKind kind, String name, String detail, Actor by) {
        audit.append(by.did(new AuditTrail.Event(kind, null, name, detail)));
    }
}
