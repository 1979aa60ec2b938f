package org.rigatino.deliver;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.result.ObjectKind;

/** Rows of {@code destination}, in the caller's transaction or one of their own. */
@ApplicationScoped
class AddedDestinations {
    private static final String SELECT = "select name, version, paused, changed_by, changed_at, host, port, ae_title,"
            + " objects, essential, tls, commitment, connect_timeout_ms, response_timeout_ms from destination";

    @Inject
    Session entities;

    /** One process at a time adds, changes and removes. Until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock() {
        entities.createNativeQuery(
                        "select 1 from pg_advisory_xact_lock(hashtextextended('rigatino.destinations', 0))",
                        Integer.class)
                .getSingleResult();
    }

    /** By name. */
    @Transactional
    List<AddedDestination> all() {
        return rows(entities.createNativeQuery(SELECT + " order by name", Object[].class));
    }

    /** The same; none of them changes until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<AddedDestination> held() {
        return rows(entities.createNativeQuery(SELECT + " order by name for share", Object[].class));
    }

    @Transactional
    Optional<AddedDestination> find(String name) {
        return all().stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /** Whether the row is as it was, and stays so until the transaction ends. */
    @Transactional
    boolean isHeld(String name, long version) {
        return !entities.createNativeQuery(
                        "select version from destination where name = :name and version = :version for share",
                        Long.class)
                .setParameter("name", name)
                .setParameter("version", version)
                .getResultList()
                .isEmpty();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void add(String name, DestinationSettings settings, boolean paused, String by) {
        set(
                        entities.createNativeQuery(
                                "insert into destination (name, host, port, ae_title, objects, essential, tls, commitment,"
                                        + " connect_timeout_ms, response_timeout_ms, paused, changed_by, changed_at)"
                                        + " values (:name, :host, :port, :title, :objects, :essential, cast(:tls as text),"
                                        + " :commitment, :connect, :response, :paused, :by, now())"),
                        name,
                        settings,
                        paused,
                        by)
                .executeUpdate();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void change(String name, DestinationSettings settings, boolean paused, String by) {
        set(
                        entities.createNativeQuery(
                                "update destination set version = nextval('destination_version'), host = :host,"
                                        + " port = :port, ae_title = :title, objects = :objects, essential = :essential,"
                                        + " tls = cast(:tls as text), commitment = :commitment, connect_timeout_ms = :connect,"
                                        + " response_timeout_ms = :response, paused = :paused, changed_by = :by,"
                                        + " changed_at = now() where name = :name"),
                        name,
                        settings,
                        paused,
                        by)
                .executeUpdate();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void remove(String name) {
        entities.createNativeQuery("delete from destination where name = :name")
                .setParameter("name", name)
                .executeUpdate();
    }

    private static Query set(Query query, String name, DestinationSettings settings, boolean paused, String by) {
        return query.setParameter("name", name)
                .setParameter("host", settings.host())
                .setParameter("port", settings.port())
                .setParameter("title", settings.aeTitle())
                .setParameter("objects", DestinationSettings.names(settings.objects()))
                .setParameter(
                        "essential",
                        DestinationSettings.names(
                                settings.essential().stream().sorted().toList()))
                .setParameter("tls", settings.tls())
                .setParameter("commitment", settings.commitment().name())
                .setParameter("connect", settings.connectTimeout().toMillis())
                .setParameter("response", settings.responseTimeout().toMillis())
                .setParameter("paused", paused)
                .setParameter("by", by);
    }

    private static List<AddedDestination> rows(NativeQuery<Object[]> query) {
        return query.getResultList().stream().map(AddedDestinations::row).toList();
    }

    private static AddedDestination row(Object[] row) {
        return new AddedDestination(
                (String) row[0],
                (Long) row[1],
                (Boolean) row[2],
                (String) row[3],
                (Instant) row[4],
                new DestinationSettings(
                        (String) row[5],
                        (Integer) row[6],
                        (String) row[7],
                        kinds((String) row[8]),
                        Set.copyOf(kinds((String) row[9])),
                        (String) row[10],
                        Proof.valueOf((String) row[11]),
                        Duration.ofMillis((Long) row[12]),
                        Duration.ofMillis((Long) row[13])));
    }

    /** A kind that this version does not know, of a later one's row, is left out. */
    private static List<ObjectKind> kinds(String names) {
        List<String> named = Arrays.asList(names.split(" "));
        return Arrays.stream(ObjectKind.values())
                .filter(kind -> named.contains(kind.configurationName()))
                .sorted(Comparator.comparing(kind -> named.indexOf(kind.configurationName())))
                .toList();
    }
}
