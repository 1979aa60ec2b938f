-- Whose a study is, as its instances say it: in tables of their own, which reports do not read. Run by rigatino_owner.

create table identity_statement (
  id                   bigint generated always as identity primary key,
  study_instance_uid   text not null,
  recorded_at          timestamptz not null,
  patient              text not null,
  patient_name         text not null,
  patient_id           text not null,
  issuer_of_patient_id text not null,
  patient_birth_date   text not null,
  patient_sex          text not null,
  accession_number     text not null,
  study_date           text not null,
  study_time           text not null,
  study_description    text not null,
  referring_physician  text not null,
  modality             text not null,
  body_part            text not null,
  institution_name     text not null,
  station_name         text not null,
  content_sha256       text not null,
  salt                 bytea not null,
  unique (study_instance_uid, content_sha256)
);
comment on table identity_statement is
  'What instances of a study say of its patient and of itself, each once; added to and never changed, deleted by rigatino.retention.identity';
comment on column identity_statement.patient is 'As in study.patient';
comment on column identity_statement.content_sha256 is 'Of the values, so that the same is kept once';
comment on column identity_statement.salt is 'Random: without it the digest in the trail cannot be compared with guesses';

create table study_identity (
  study_instance_uid   text primary key,
  state                text not null check (state in ('RECORDED', 'IN_DOUBT', 'DELETED')),
  changed_at           timestamptz not null,
  patient_name         text not null default '',
  patient_id           text not null default '',
  issuer_of_patient_id text not null default '',
  patient_birth_date   text not null default '',
  patient_sex          text not null default '',
  accession_number     text not null default '',
  study_date           text not null default '',
  study_time           text not null default '',
  study_description    text not null default '',
  referring_physician  text not null default '',
  modality             text not null default '',
  body_part            text not null default '',
  institution_name     text not null default '',
  station_name         text not null default '',
  study_day            date,
  words                tsvector not null
);
comment on table study_identity is 'What is shown of identity_statement, a row a study; made of it anew whenever it grows';
comment on column study_identity.state is 'IN_DOUBT: instances name several patients, and none is shown';
comment on column study_identity.study_day is 'Of study_date, where that is a date';
comment on column study_identity.words is 'Beginning with n: of the name, i: of the ID, a: of the accession number';
create index study_identity_words on study_identity using gin (words);
create index study_identity_day on study_identity (study_day);

create view identity_proof as
select study_instance_uid, recorded_at,
  encode(sha256(salt || convert_to(concat_ws(chr(31), patient, patient_name, patient_id, issuer_of_patient_id,
    patient_birth_date, patient_sex, accession_number, study_date, study_time, study_description, referring_physician,
    modality, body_part, institution_name, station_name), 'UTF8')), 'hex') as sha256
from identity_statement;
comment on view identity_proof is 'Digests as IDENTITY_RECORDED names them, computed anew, for those who may not read the values';

-- What default privileges gave is taken back.
revoke all on identity_statement, study_identity, identity_proof from rigatino_app, rigatino_auditor;
grant select, insert, delete on identity_statement to rigatino_app;
grant select, insert, update on study_identity to rigatino_app;
grant select on identity_proof to rigatino_app, rigatino_auditor;
do $$ begin
  -- Made by sql/setup/roles.sql, which grants the same where it is run later.
  if exists (select from pg_roles where rolname = 'rigatino_identity') then
    grant select on identity_statement, study_identity, identity_proof to rigatino_identity;
  end if;
end $$;

create or replace view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_REPLAYED', 'STUDY_JUDGED_ANEW', 'PATIENT_CHOSEN', 'RESULTS_WITHDRAWN', 'AUDIT_VIEWED',
               'AUDIT_EXPORTED', 'IDENTITY_VIEWED');
