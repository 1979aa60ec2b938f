-- Whoever writes what images say of a patient, or whom of them a person said to be right, leaves a mark in identity_said, so that none
-- can be forgotten. Run by rigatino_owner.

alter table identity_said add column patient_ids text[] not null default '{}';
comment on column identity_said.patient_ids is
  'Of statements that were deleted, those that a patient_message has too; of others they stand in identity_statement';
comment on table identity_said is
  'Studies of whose patient what images say, or which of it counts, is another by now, until others are shown anew by that; a second or two. Written by triggers';

create function mark_identity_said() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.identity_said (study_instance_uid) select distinct study_instance_uid from changed;
  return null;
end $$;
comment on function mark_identity_said is
  'Unconditional: a message that is being recorded sees no statement that is not committed, nor this function that message';

create function mark_identity_deleted() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.identity_said (study_instance_uid, patient_ids)
  select study_instance_uid, array_agg(distinct patient_id) from changed
  where patient_id <> '' and (exists (select from public.patient_message m where m.patient_id = changed.patient_id)
    or exists (select from public.patient_message m where m.prior_id = changed.patient_id and m.prior_id <> ''))
  group by study_instance_uid;
  return null;
end $$;
comment on function mark_identity_deleted is
  'Keeps no ID that goes: of a message that is being recorded the study is locked';

revoke all on function mark_identity_said(), mark_identity_deleted() from public, rigatino_app, rigatino_auditor;

create trigger identity_statement_said after insert on identity_statement
  referencing new table as changed for each statement execute function mark_identity_said();
create trigger identity_statement_deleted after delete on identity_statement
  referencing old table as changed for each statement execute function mark_identity_deleted();
create trigger study_patient_said after insert on study_patient
  referencing new table as changed for each statement execute function mark_identity_said();
create trigger study_patient_changed after update on study_patient
  referencing new table as changed for each statement execute function mark_identity_said();
create trigger study_patient_unsaid after delete on study_patient
  referencing old table as changed for each statement execute function mark_identity_said();
