-- A study that somebody asked an archive for beside a later one may have been read long ago, or not at all: behind others of
-- its priority, and before what is less urgent.

alter table worklist_entry add column earlier boolean not null default false;
comment on column worklist_entry.earlier is 'Whether all of it came when it was fetched as an earlier study of a patient whose later one is here';

drop index worklist_open;
alter table worklist_entry drop column place;
alter table worklist_entry add column place integer not null generated always as
  ((case when escalated_at is null then 10 else 0 end)
   + 2 * (case priority when 'HIGH' then 1 when 'UNJUDGED' then 2 when 'MEDIUM' then 3 else 4 end)
   + (case when earlier then 1 else 0 end)) stored;
comment on column worklist_entry.place is 'Order on the list: escalated first, then by priority, of each earlier studies last';
create index worklist_open on worklist_entry (place, beyond desc, waiting_since, study_instance_uid)
  where state = 'OPEN';

create index retrieval_study on retrieval (study_instance_uid);
