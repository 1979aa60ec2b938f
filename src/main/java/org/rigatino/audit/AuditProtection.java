package org.rigatino.audit;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Refuses to start as a database role that could alter the trail. */
@ApplicationScoped
class AuditProtection {
    @Inject
    DataSource dataSource;

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet role = statement.executeQuery("select current_user, bool_or(has_table_privilege(relid,"
                        + " 'UPDATE, DELETE, TRUNCATE, TRIGGER' || case when isleaf then ', INSERT' else '' end))"
                        + " or has_table_privilege('audit_head', 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')"
                        + " from pg_partition_tree('audit_event')")) {
            role.next();
            if (role.getBoolean(2)) {
                throw new ConfigurationException("quarkus.datasource.username " + role.getString(1)
                        + " could alter the audit trail: run as rigatino_app, and give rigatino_owner to"
                        + " quarkus.flyway.username (docs/security.md)");
            }
        }
    }
}
