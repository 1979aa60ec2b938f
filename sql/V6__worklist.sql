-- What a person should look at, and who does. One row a study, all of its revisions together.

alter table study add column listed_outcome_at timestamptz;
comment on column study.listed_outcome_at is 'When the outcome was reached that the worklist took in last';
-- Studies of a version without a worklist are not new to anyone, but for those of the last days.
update study set listed_outcome_at = coalesce(ended_at, restored_at)
  where state in ('DELIVERING', 'DELIVERED', 'CONFIRMED', 'REFUSED', 'FAILED')
    and last_received_at < now() - interval '7 days';
create index study_unlisted on study (id)
  where state in ('DELIVERING', 'DELIVERED', 'CONFIRMED', 'REFUSED', 'FAILED')
    and listed_outcome_at is distinct from coalesce(ended_at, restored_at);

create table worklist_entry (
  study_instance_uid   text primary key,
  revision             integer not null check (revision >= 1),
  state                text not null check (state in ('OPEN', 'ACKNOWLEDGED')),
  priority             text not null check (priority in ('HIGH', 'UNJUDGED', 'MEDIUM', 'LOW')),
  judged               text check (judged in ('HIGH', 'MEDIUM', 'LOW')),
  finding_id           bigint references finding,
  troubled_id          bigint references study,
  images_seen          integer not null,
  images_restored      integer not null,
  images_failed        integer not null,
  waiting_since        timestamptz not null,
  listed_at            timestamptz not null,
  assigned_to          text,
  assigned_at          timestamptz,
  escalated_by         text,
  escalated_at         timestamptz,
  acknowledged_by      text,
  acknowledged_at      timestamptz,
  reopened_because     text,
  reopened_at          timestamptz,
  place                integer not null generated always as
    ((case when escalated_at is null then 10 else 0 end)
     + (case priority when 'HIGH' then 1 when 'UNJUDGED' then 2 when 'MEDIUM' then 3 else 4 end)) stored,
  version              integer not null default 0,
  check ((assigned_to is null) = (assigned_at is null)),
  check ((escalated_by is null) = (escalated_at is null)),
  check ((state = 'ACKNOWLEDGED') = (acknowledged_by is not null and acknowledged_at is not null))
);
comment on table worklist_entry is 'A study that a person should look at, and who does; kept after it is acknowledged';
comment on column worklist_entry.revision is 'The latest that has come to an outcome';
comment on column worklist_entry.priority is
  'UNJUDGED where a revision failed or was refused for its patient''s identity and none was judged HIGH';
comment on column worklist_entry.judged is 'The highest priority that any revision was given; null where none was judged';
comment on column worklist_entry.finding_id is 'The highest-ranked image of all revisions';
comment on column worklist_entry.troubled_id is 'The latest revision that failed or was refused for its patient''s identity';
comment on column worklist_entry.waiting_since is
  'When the last instance of the revision came that put the study on the list or raised it';
comment on column worklist_entry.escalated_by is 'A user, or rigatino.triage.escalate-after';
comment on column worklist_entry.place is 'Order on the list: escalated first, then by priority';
create index worklist_open on worklist_entry (place, waiting_since, study_instance_uid) where state = 'OPEN';
create index worklist_acknowledged on worklist_entry (acknowledged_at) where state = 'ACKNOWLEDGED';
