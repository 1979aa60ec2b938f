-- What HL7 messages correct of whose studies are. Run by rigatino_owner.

create table patient_message (
  id                  bigint generated always as identity primary key,
  received_at         timestamptz not null,
  sending_application text not null,
  sending_facility    text not null,
  control_id          text not null,
  kind                text not null check (kind in ('UPDATE', 'MERGE')),
  event_at            timestamptz not null,
  patient_id          text not null check (patient_id <> ''),
  issuer              text not null check (issuer <> ''),
  prior_id            text not null check ((prior_id = '') = (kind = 'UPDATE')),
  prior_issuer        text not null check ((prior_issuer = '') = (kind = 'UPDATE')),
  patient_name        text not null,
  patient_birth_date  text not null,
  patient_sex         text not null,
  content_sha256      text not null,
  salt                bytea not null,
  unique (sending_application, sending_facility, control_id, content_sha256)
);
comment on table patient_message is
  'Updates and merges of patients of studies, by HL7 ADT; they change what is shown of study_identity and nothing of identity_statement';
comment on column patient_message.event_at is 'EVN-2, MSH-7 where that is empty: the later one wins, whichever came first';
comment on column patient_message.prior_id is 'MRG-1 of a merge: its studies are shown under patient_id; empty of an update';
comment on column patient_message.patient_name is 'As VR PN; empty where the message does not say, and so of the next two';
comment on column patient_message.salt is 'Random: without it the digest in the trail cannot be compared with guesses';
create index patient_message_of_patient on patient_message (patient_id);
create index patient_message_of_prior on patient_message (prior_id) where prior_id <> '';
create index patient_message_received on patient_message (received_at);
create index identity_statement_patient on identity_statement (patient_id) where patient_id <> '';

alter table study_identity
  add column corrected_at timestamptz,
  add column former_ids text[] not null default '{}',
  add column former_issuers text[] not null default '{}',
  add column former_birth_dates text[] not null default '{}';
create index study_identity_former on study_identity using gin (former_ids) where former_ids <> '{}';
comment on column study_identity.corrected_at is 'Event time of the last message by which it is shown otherwise than its images say; null where none is';
comment on column study_identity.former_ids is 'Patient IDs by which it was known before merges, the first being that of its images; former_issuers theirs';
comment on column study_identity.former_birth_dates is 'What its images say, where something else is shown';

create view patient_message_proof as
select id as message_id, received_at,
  encode(sha256(salt || convert_to(concat_ws(chr(31), kind, patient_id, issuer, prior_id, prior_issuer, patient_name,
    patient_birth_date, patient_sex), 'UTF8')), 'hex') as sha256
from patient_message;
comment on view patient_message_proof is 'Digests as PATIENT_CORRECTED names them, computed anew, for those who may not read the values';

-- What default privileges gave is taken back.
revoke all on patient_message, patient_message_proof from rigatino_app, rigatino_auditor;
grant select, insert, delete on patient_message to rigatino_app;
grant select on patient_message_proof to rigatino_app, rigatino_auditor;
do $$ begin
  -- Made by sql/setup/roles.sql, which grants the same where it is run later.
  if exists (select from pg_roles where rolname = 'rigatino_identity') then
    grant select on patient_message, patient_message_proof to rigatino_identity;
  end if;
end $$;
