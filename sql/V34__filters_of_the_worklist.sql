-- What people narrow the worklist down by, beside what it is ordered by. No patient data.

alter table worklist_entry
  add column senders    text[] not null default '{}',
  add column modalities text[] not null default '{}',
  add column release    text;
comment on column worklist_entry.senders is 'AE titles that instances of the study came from';
comment on column worklist_entry.modalities is 'Of its instances, without those that Rigatino made';
comment on column worklist_entry.release is 'NAME/VERSION of what gave the study its place; null where nothing judged it';

update worklist_entry e set
  senders = coalesce((select array_agg(distinct i.calling_ae_title) from instance i join study s on s.id = i.study_id
    where s.study_instance_uid = e.study_instance_uid and i.outcome <> 'OWN_OUTPUT'), '{}'),
  modalities = coalesce((select array_agg(distinct i.modality) from instance i join study s on s.id = i.study_id
    where s.study_instance_uid = e.study_instance_uid and i.outcome <> 'OWN_OUTPUT' and i.modality is not null), '{}'),
  release = coalesce((select s.deciding_model from study s where s.id = e.deciding_id),
    (select f.model_name || '/' || f.model_version from finding f where f.id = e.finding_id));

-- What has arrived and is not judged, and what was refused.
create index study_arriving on study (last_received_at desc)
  where state in ('RECEIVING', 'READY', 'RESTORING') and superseded_at is null;
create index study_refused on study (last_received_at desc) where state = 'REFUSED';
