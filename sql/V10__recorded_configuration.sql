-- What the configuration of each process was at its last start, so that the trail tells when it is another.
create table recorded_configuration (
  source               text not null,
  roles                text not null,
  settings             jsonb not null,
  recorded_at          timestamptz not null,
  primary key (source, roles)
);
comment on table recorded_configuration is
  'Settings rigatino.* by name, with a digest of each value; of secrets only that they are there';
comment on column recorded_configuration.source is 'rigatino.audit.source-id, or the name of the host';
