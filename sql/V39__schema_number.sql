-- Whoever opens the database sees which schema it has before anything else is asked of it.
grant select on flyway_schema_history to rigatino_auditor;
