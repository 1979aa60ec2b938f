-- Destinations that administrators added beside those of files and environment. No secret is kept here: keys and trust are
-- named, and are in the configuration. Run by rigatino_owner.

create sequence destination_version;

create table destination (
  name                text primary key check (name ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
  version             bigint not null default nextval('destination_version'),
  host                text not null check (length(host) between 1 and 255),
  port                integer not null check (port between 1 and 65535),
  ae_title            text not null check (length(ae_title) between 1 and 16),
  objects             text not null,
  essential           text not null,
  tls                 text,
  commitment          text not null check (commitment in ('STORAGE_COMMITMENT', 'QUERY', 'NONE')),
  connect_timeout_ms  bigint not null check (connect_timeout_ms > 0),
  response_timeout_ms bigint not null check (response_timeout_ms > 0),
  paused              boolean not null default false,
  changed_by          text not null,
  changed_at          timestamptz not null
);
comment on table destination is
  'DICOM destinations that administrators added; one of the same name in a process''s configuration is in force instead of it';
comment on column destination.version is 'Another with each change, never given twice: who changes a row names the one that they saw';
comment on column destination.objects is 'Kinds of objects that it receives, with a blank between';
comment on column destination.essential is 'Of them those that it must take, with a blank between';
comment on column destination.tls is 'NAME of quarkus.tls.NAME; null for plain TCP';
comment on column destination.paused is 'Whether nothing is sent there for now; what is restored waits';

-- What default privileges gave is taken back.
revoke all on destination from rigatino_app;
revoke all on sequence destination_version from rigatino_app;
grant select, insert, delete on destination to rigatino_app;
grant update (version, host, port, ae_title, objects, essential, tls, commitment, connect_timeout_ms,
              response_timeout_ms, paused, changed_by, changed_at) on destination to rigatino_app;
grant usage on sequence destination_version to rigatino_app;
