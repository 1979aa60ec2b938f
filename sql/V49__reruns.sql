-- Finished studies judged again by the releases that serve now, at low priority. Run by rigatino_owner.

create table rerun (
  id                 bigint generated always as identity primary key,
  state              text not null check (state in ('RUNNING', 'PAUSED', 'STOPPED', 'DONE')),
  state_reason       text,
  state_since        timestamptz not null,
  started_by         text not null,
  started_at         timestamptz not null,
  ended_at           timestamptz,
  study_date_from    date,
  study_date_to      date,
  received_from      date,
  received_to        date,
  calling_ae_title   text,
  priority           text check (priority in ('HIGH', 'MEDIUM', 'LOW')),
  model_digest       text,
  check ((state in ('STOPPED', 'DONE')) = (ended_at is not null))
);
comment on table rerun is 'Runs of finished studies through the releases that serve, and which studies were chosen';
comment on column rerun.state_reason is 'Why it stands as it does, where nobody said so: it paused itself';
comment on column rerun.received_from is 'Day, UTC, of the first instance, the first that is chosen; received_to is the last';
comment on column rerun.model_digest is 'Release whose findings stood; null for any that does not serve';
create unique index rerun_under_way on rerun ((true)) where state in ('RUNNING', 'PAUSED');

alter table study add column rerun_id bigint references rerun;
alter table study add column superseded_by integer;
comment on column study.rerun_id is
  'Opened to judge again what earlier revisions judged; its instances stay theirs until it is restored; null for what came in';
comment on column study.superseded_by is
  'Revision whose findings stand in the place of this one''s; null where there is none';
create index study_of_rerun on study (rerun_id, study_instance_uid) where rerun_id is not null;

create index study_finished on study (last_received_at desc, id desc)
  where superseded_at is null and images_restored > 0 and instances_deleted_at is null;

-- Nobody waited from reception for what is judged again.
create or replace view study_wait as
select study_instance_uid, revision, state, completed_by, first_received_at,
  last_received_at - first_received_at as receiving,
  ready_at - last_received_at as completion,
  restoring_at - ready_at as queue,
  restored_at - restoring_at as restoration,
  delivered_at - restored_at as delivery,
  case when state = 'CONFIRMED' then ended_at - delivered_at end as confirmation,
  ended_at - first_received_at as whole
from study
where rerun_id is null;

-- What default privileges gave is taken back.
revoke all on rerun from rigatino_app;
grant select, insert on rerun to rigatino_app;
grant update (state, state_reason, state_since, ended_at) on rerun to rigatino_app;
