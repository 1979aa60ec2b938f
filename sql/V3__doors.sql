-- What says that a study is whole before its quiet period ends, and studies to be fetched from DICOMweb sources.

alter table study add column completed_by text
  check (completed_by in ('QUIET_PERIOD', 'EXPECTED_COUNT', 'ANNOUNCEMENT'));
comment on column study.completed_by is 'What ended the wait for more instances; the wait is ready_at - last_received_at';

create table announced_instance (
  study_instance_uid   text not null,
  sop_instance_uid     text not null,
  announced_by         text not null,
  announced_at         timestamptz not null,
  primary key (study_instance_uid, sop_instance_uid)
);
comment on table announced_instance is
  'Instances that belong to a study, told by an Instance Availability Notification (PS3.4 R) or a source that it came from';
create index announced_instance_age on announced_instance (announced_at);

create table expected_count (
  study_instance_uid   text not null,
  told_by              text not null,
  instances            integer not null check (instances >= 0),
  unchanged_since      timestamptz not null,
  told_at              timestamptz not null,
  primary key (study_instance_uid, told_by)
);
comment on column expected_count.instances is 'Number of Study Related Instances (0020,1208)';
create index expected_count_age on expected_count (told_at);

create table retrieval (
  id                   bigint generated always as identity primary key,
  event_source         text not null,
  event_id             text not null,
  study_instance_uid   text not null,
  source               text not null,
  state                text not null check (state in ('PENDING', 'RETRIEVED', 'FAILED')),
  attempts             integer not null default 0,
  next_attempt_at      timestamptz not null,
  instances_stored     integer not null default 0,
  instances_failed     integer not null default 0,
  last_error           text,
  requested_at         timestamptz not null,
  ended_at             timestamptz,
  unique (event_source, event_id)
);
comment on table retrieval is 'Studies that events of other producers point to; source is a name in rigatino.ingest.sources';
create index retrieval_due on retrieval (source, next_attempt_at) where state = 'PENDING';
