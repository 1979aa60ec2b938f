-- Messages of patients that are in doubt for a study, by number, so that no doubt ends because what it rests on was deleted. Run by
-- rigatino_owner.

create table patient_doubt (
  study_instance_uid  text not null,
  message             bigint not null,
  why                 text not null check (why in ('ANOTHER_PERSON', 'SEVERAL_PERSONS')),
  primary key (study_instance_uid, message)
);
comment on table patient_doubt is
  'Messages that studies, or other messages, keep from being applied to a study, until one is applied to it or the study is deleted';
comment on column patient_doubt.message is 'Of patient_message; of one that does not count, or is not there, it says nothing';

create table identity_gone (
  patient_id  text primary key
);
comment on table identity_gone is
  'Patient IDs of identity_statement of which some was deleted, as long as a patient_message has them: not all is known of them any more, and no doubt ends by itself. Written by a trigger';

create function keep_identity_gone() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.identity_gone (patient_id)
  select distinct patient_id from changed
  where patient_id <> '' and (exists (select from public.patient_message m where m.patient_id = changed.patient_id)
    or exists (select from public.patient_message m where m.prior_id = changed.patient_id and m.prior_id <> ''))
  order by patient_id on conflict do nothing;
  return null;
end $$;
comment on function keep_identity_gone is
  'In the transaction that deletes: who does not see a statement any more sees this';
revoke all on function keep_identity_gone() from public, rigatino_app, rigatino_auditor;

create trigger identity_statement_gone after delete on identity_statement
  referencing old table as changed for each statement execute function keep_identity_gone();

-- Of before, as the trail tells, but of merges that count by now.
insert into patient_doubt (study_instance_uid, message, why)
select a.study_instance_uid, m.id, min(substring(a.detail from '(ANOTHER_PERSON|SEVERAL_PERSONS)$'))
from audit_event a
  join patient_message m on m.id = cast(substring(a.detail from '^[A-Z]+, message (\d{1,18}),') as bigint) and m.voided_at is null
  join study_identity i on i.study_instance_uid = a.study_instance_uid and i.state <> 'DELETED'
where a.kind = 'PATIENT_NOT_CORRECTED' and a.detail ~ ', (ANOTHER_PERSON|SEVERAL_PERSONS)$'
  and not (m.prior_id <> '' and m.prior_id = any (i.former_ids))
group by a.study_instance_uid, m.id;

-- What default privileges gave is taken back.
revoke all on patient_doubt, identity_gone from rigatino_app, rigatino_auditor;
grant select, insert, delete on patient_doubt, identity_gone to rigatino_app;
