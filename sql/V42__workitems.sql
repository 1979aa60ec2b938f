-- Workitems of UPS-RS services (PS3.18 11) that this site has claimed, and how it stands with each service. Run by rigatino_owner.

create table workitem (
  id                   bigint generated always as identity primary key,
  service              text not null,
  workitem_uid         text not null,
  transaction_uid      text not null,
  study_instance_uid   text not null,
  instance_uids        text[] not null,
  source               text,
  state                text not null check (state in ('CLAIMING', 'IN_PROGRESS', 'COMPLETED', 'CANCELED', 'LOST', 'GIVEN_UP')),
  progress             integer not null default -1 check (progress between -1 and 100),
  cancel_reason        text,
  attempts             integer not null default 0,
  last_error           text,
  next_attempt_at      timestamptz not null,
  found_at             timestamptz not null,
  claimed_at           timestamptz,
  ended_at             timestamptz,
  unique (service, workitem_uid),
  check ((state in ('CLAIMING', 'IN_PROGRESS')) = (ended_at is null))
);
comment on table workitem is 'Workitems as claimed, from before the claim is sent; forgotten a week after they ended';
comment on column workitem.service is 'A name in rigatino.workitem.services';
comment on column workitem.transaction_uid is 'By which the service knows who holds the workitem; nobody else may know it';
comment on column workitem.instance_uids is 'Of Input Information Sequence (0040,4021)';
comment on column workitem.source is 'A name in rigatino.ingest.sources, where the input is fetched; null where it is waited for';
comment on column workitem.state is 'LOST where the service says that another has it, or ended it; GIVEN_UP where it refused too often';
comment on column workitem.progress is 'Procedure Step Progress (0074,1004) that the service has taken last; -1 before';
comment on column workitem.cancel_reason is 'Why it is to be canceled; once that is decided nothing else becomes of it';
comment on column workitem.attempts is 'Times that the service refused what was asked of the workitem, since the last that it took';
create index workitem_open on workitem (service, next_attempt_at) where ended_at is null;
create index workitem_study on workitem (study_instance_uid);

create table workitem_service (
  name                 text primary key,
  asked_at             timestamptz not null,
  failing_since        timestamptz,
  last_error           text
);
comment on table workitem_service is 'How it stands with each service that is asked for workitems';

-- A Transaction UID is as good as a password at its service.
revoke all on workitem, workitem_service from rigatino_app, rigatino_auditor;
grant select, insert, update, delete on workitem, workitem_service to rigatino_app;
grant select on workitem_service to rigatino_auditor;
grant select (id, service, workitem_uid, study_instance_uid, instance_uids, source, state, progress, cancel_reason, attempts,
  last_error, next_attempt_at, found_at, claimed_at, ended_at) on workitem to rigatino_auditor;
