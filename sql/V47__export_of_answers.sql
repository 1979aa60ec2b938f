-- For who makes a folder of images and labels of what radiologists answered: what it needs, and nobody's name. Run by
-- rigatino_owner.

create view answered_image as
select a.id as answer_id, a.study_instance_uid, a.verdict, a.reason, f.flagged, f.frame_number, f.model_name, f.model_version,
  i.sop_instance_uid, i.location, i.sha256, s.ended_at as finished_at
from answer a
join finding f on f.id = a.finding_id
join instance i on i.id = f.instance_id
join study s on s.id = i.study_id
where not exists (select from answer later where later.revises = a.id)
  and a.verdict <> 'WITHDRAWN' and i.outcome <> 'SET_ASIDE'
  and s.ended_at is not null and s.state in ('DELIVERED', 'CONFIRMED', 'FAILED');
comment on view answered_image is 'Answers in force about images of finished studies, without who gave them and without comments';

create function export_patient(study text, salt bytea) returns text language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
  select encode(sha256(salt || convert_to(patient_id || chr(31) || issuer_of_patient_id, 'UTF8')), 'hex')
  from public.study_identity
  where study_instance_uid = study and state = 'RECORDED' and patient_id <> '' and strpos(patient_id, U&'\FFFD') = 0
$$;
comment on function export_patient is
  'The same for studies of one Patient ID and issuer, by a salt of the caller; null where it is not recorded whose a study is';

-- What default privileges gave is taken back.
revoke all on answered_image from rigatino_app, rigatino_auditor;
revoke all on function export_patient(text, bytea) from public, rigatino_app, rigatino_auditor;
do $$ begin
  -- Made by sql/setup/roles.sql, which grants the same where it is run later.
  if exists (select from pg_roles where rolname = 'rigatino_exporter') then
    grant select on answered_image, flyway_schema_history, audit_head to rigatino_exporter;
    grant insert on audit_event to rigatino_exporter;
    grant execute on function export_patient(text, bytea) to rigatino_exporter;
  end if;
end $$;
