package org.rigatino.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.Config;

/**
 * What {@code rigatino.*} is in effect, compared with the last start of the same source and roles. Digests of values are
 * kept, no values; of secrets only that they are there, so a secret that was replaced is no change.
 */
@ApplicationScoped
class ConfigurationRecord {
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|token|secret|credential|private|apikey|api-key");
    private static final int NAMED = 100;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> SETTINGS = new TypeReference<>() {};

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    AuditSource source;

    @Inject
    Config config;

    /** Appends CONFIGURATION_RECORDED the first time, CONFIGURATION_CHANGED where it differs, else nothing. */
    @Transactional(Transactional.TxType.MANDATORY)
    void compare(String roles) {
        SortedMap<String, String> now = effective(config);
        try (Connection connection = dataSource.getConnection()) {
            SortedMap<String, String> before = recorded(connection, roles);
            if (!now.equals(before)) {
                record(connection, roles, now);
                EventKind kind = before == null ? EventKind.CONFIGURATION_RECORDED : EventKind.CONFIGURATION_CHANGED;
                String what = before == null ? now.size() + " settings" : difference(before, now);
                audit.append(new AuditTrail.Event(
                                kind, null, source.id(), "roles " + roles + ": " + what + "; digest " + digest(now))
                        .by(AuditSource.account())
                        .from(AuditSource.host()));
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("the configuration cannot be compared with the last: " + e.getMessage(), e);
        }
    }

    /** Setting by digest of its value, {@code secret} where the name says that it is one. */
    static SortedMap<String, String> effective(Config config) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("rigatino.")) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(
                                value -> settings.put(name, isSecret(name) ? "secret" : DigestUtils.sha256Hex(value)));
            }
        }
        return settings;
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    static String difference(SortedMap<String, String> before, SortedMap<String, String> now) {
        List<String> changed = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            if (!now.containsKey(name)) {
                changed.add(name + " (removed)");
            } else if (!before.containsKey(name)) {
                changed.add(name + " (added)");
            } else if (!now.get(name).equals(before.get(name))) {
                changed.add(name);
            }
        }
        String more = changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " more" : "";
        return String.join(", ", changed.subList(0, Math.min(NAMED, changed.size()))) + more;
    }

    private SortedMap<String, String> recorded(Connection connection, String roles)
            throws SQLException, JsonProcessingException {
        try (PreparedStatement select = connection.prepareStatement(
                "select settings::text from recorded_configuration where source = ? and roles = ?")) {
            select.setString(1, source.id());
            select.setString(2, roles);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? JSON.readValue(row.getString(1), SETTINGS) : null;
            }
        }
    }

    private void record(Connection connection, String roles, Map<String, String> settings)
            throws SQLException, JsonProcessingException {
        try (PreparedStatement insert = connection.prepareStatement("insert into recorded_configuration"
                + " (source, roles, settings, recorded_at) values (?, ?, ?::jsonb, now()) on conflict (source, roles)"
                + " do update set settings = excluded.settings, recorded_at = excluded.recorded_at")) {
            insert.setString(1, source.id());
            insert.setString(2, roles);
            insert.setString(3, JSON.writeValueAsString(settings));
            insert.executeUpdate();
        }
    }

    private static String digest(SortedMap<String, String> settings) {
        StringBuilder all = new StringBuilder();
        settings.forEach(
                (name, value) -> all.append(name).append('=').append(value).append('\n'));
        return DigestUtils.sha256Hex(all.toString());
    }
}
