-- A study that somebody asked an archive for beside a later one was read long ago: behind what is to be read today, unless
-- somebody escalates it.

alter table worklist_entry add column earlier boolean not null default false;
comment on column worklist_entry.earlier is 'Whether it was asked for as an earlier study of a patient whose later one is here';

drop index worklist_open;
alter table worklist_entry drop column place;
alter table worklist_entry add column place integer not null generated always as
  ((case when escalated_at is not null then 0 when earlier then 20 else 10 end)
   + (case priority when 'HIGH' then 1 when 'UNJUDGED' then 2 when 'MEDIUM' then 3 else 4 end)) stored;
comment on column worklist_entry.place is 'Order on the list: escalated first, earlier studies last, then by priority';
create index worklist_open on worklist_entry (place, beyond desc, waiting_since, study_instance_uid)
  where state = 'OPEN';

create index retrieval_study on retrieval (study_instance_uid);
