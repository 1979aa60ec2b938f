-- The persisted record. Times are when Rigatino saw the event, UTC.

create table study (
  id                   bigint generated always as identity primary key,
  study_instance_uid   text not null,
  revision             integer not null check (revision >= 1),
  state                text not null check (state in ('RECEIVING', 'READY', 'RESTORING', 'RESTORED', 'DELIVERING',
                                                      'DELIVERED', 'CONFIRMED', 'REFUSED', 'FAILED')),
  refusal_rule         text,
  failed_stage         text,
  failure_cause        text,
  images_seen          integer not null default 0,
  images_restored      integer not null default 0,
  percentile           double precision check (percentile between 0 and 100),
  priority             text check (priority in ('HIGH', 'MEDIUM', 'LOW')),
  first_received_at    timestamptz not null,
  last_received_at     timestamptz not null,
  ready_at             timestamptz,
  published_at         timestamptz,
  restoring_at         timestamptz,
  restored_at          timestamptz,
  delivered_at         timestamptz,
  ended_at             timestamptz,
  announced            text check (announced in ('RESTORED', 'CONFIRMED', 'REFUSED', 'FAILED')),
  version              integer not null default 0,
  unique (study_instance_uid, revision),
  check ((state = 'REFUSED') = (refusal_rule is not null)),
  check ((state = 'FAILED') = (failed_stage is not null and failure_cause is not null))
);
comment on column study.revision is 'Late instances open the next revision, which restores only what is new';
comment on column study.published_at is 'When StudyReady was acknowledged by the broker';
comment on column study.ended_at is 'When CONFIRMED, REFUSED or FAILED was reached';
comment on column study.announced is 'Last outcome of this revision that rigatino.results has acknowledged';
create index study_receiving on study (last_received_at) where state = 'RECEIVING';
create index study_unannounced on study (id)
  where state in ('DELIVERING', 'DELIVERED') and announced is null
     or state in ('CONFIRMED', 'REFUSED', 'FAILED') and announced is distinct from state;
create index study_unpublished on study (ready_at) where state = 'READY' and published_at is null;

create table instance (
  id                   bigint generated always as identity primary key,
  study_id             bigint not null references study,
  sop_instance_uid     text not null unique,
  sop_class_uid        text not null,
  series_instance_uid  text not null,
  transfer_syntax_uid  text not null,
  modality             text,
  calling_ae_title     text not null,
  location             text not null,
  sha256               text not null,
  bytes                bigint not null,
  received_at          timestamptz not null,
  outcome              text not null default 'PENDING'
                       check (outcome in ('PENDING', 'RESTORED', 'REFUSED', 'FAILED', 'OWN_OUTPUT')),
  outcome_reason       text
);
comment on column instance.location is 'Path of the file as received, relative to the instance store';
comment on column instance.outcome_reason is 'Refusal rule or failure cause; never patient data';
create index instance_of_study on instance (study_id);

create table finding (
  id                   bigint generated always as identity primary key,
  instance_id          bigint not null references instance,
  frame_number         integer not null check (frame_number >= 1),
  model_name           text not null,
  model_version        text not null,
  model_digest         text not null,
  configuration_digest text not null,
  score                double precision not null,
  percentile           double precision not null check (percentile between 0 and 100),
  flagged              boolean not null,
  created_at           timestamptz not null,
  unique (instance_id, frame_number, model_digest, configuration_digest)
);

create table output (
  id                   bigint generated always as identity primary key,
  finding_id           bigint not null references finding,
  study_id             bigint not null references study,
  kind                 text not null check (kind in ('SECONDARY_CAPTURE')),
  sop_instance_uid     text not null unique,
  sop_class_uid        text not null,
  series_instance_uid  text not null,
  location             text not null,
  sha256               text not null,
  bytes                bigint not null,
  created_at           timestamptz not null
);
comment on column output.location is 'Path of the encoded file, relative to the output store; re-sent as it is';
create index output_of_study on output (study_id);

create table delivery (
  id                   bigint generated always as identity primary key,
  output_id            bigint not null references output,
  study_id             bigint not null references study,
  destination          text not null,
  state                text not null check (state in ('PENDING', 'SENT', 'CONFIRMED', 'FAILED')),
  attempts             integer not null default 0,
  commitment_requests  integer not null default 0,
  next_attempt_at      timestamptz not null,
  last_error           text,
  transaction_uid      text,
  confirmed_by         text check (confirmed_by in ('STORAGE_COMMITMENT', 'QUERY')),
  sent_at              timestamptz,
  confirmed_at         timestamptz,
  unique (output_id, destination)
);
comment on column delivery.attempts is 'Times that the destination refused the object; being out of reach does not count';
comment on column delivery.transaction_uid is 'Storage commitment request (PS3.4 J.3) that covers this object';
create index delivery_due on delivery (destination, next_attempt_at) where state in ('PENDING', 'SENT');
create index delivery_of_study on delivery (study_id);
create index delivery_of_transaction on delivery (transaction_uid) where transaction_uid is not null;

create table audit_event (
  id                   bigint primary key,
  occurred_at          timestamptz not null,
  kind                 text not null,
  study_instance_uid   text,
  subject              text,
  detail               text not null,
  previous_hash        text not null,
  hash                 text not null unique
);
comment on table audit_event is 'Append-only; each row''s hash covers its content and the previous row''s hash';
create index audit_event_of_study on audit_event (study_instance_uid, id);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_event is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function refuse_audit_change();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function refuse_audit_change();
