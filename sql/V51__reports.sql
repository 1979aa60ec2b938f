-- Reports of radiologists, as HL7 messages bring them. Run by rigatino_owner.

create table report (
  id                  bigint generated always as identity primary key,
  received_at         timestamptz not null,
  sending_application text not null,
  sending_facility    text not null,
  control_id          text not null,
  status              text not null check (status in ('FINAL', 'CORRECTED', 'WITHDRAWN')),
  reported_at         timestamptz not null,
  accession_number    text not null check (accession_number <> ''),
  patient_ids         text[] not null,
  issuers             text[] not null check (cardinality(issuers) = cardinality(patient_ids)),
  birth_date          text not null,
  content             text not null check ((content = '') = (status = 'WITHDRAWN')),
  content_sha256      text not null,
  salt                bytea not null,
  settled_at          timestamptz,
  unique (sending_application, sending_facility, control_id, content_sha256)
);
comment on table report is
  'What a radiologist reported, added to and never changed; deleted by rigatino.retention.identity, and where no study comes by rigatino.retention.unmatched-reports';
comment on column report.control_id is 'MSH-10';
comment on column report.status is 'WITHDRAWN: the sender takes back what it reported up to reported_at (OBX-11 W or D)';
comment on column report.reported_at is 'OBR-22, MSH-7 where that is empty';
comment on column report.patient_ids is 'PID-3.1 of each repetition';
comment on column report.issuers is 'PID-3.4 of each, empty where there is none';
comment on column report.birth_date is 'PID-7, as much of a date as it has; empty where there is none';
comment on column report.content_sha256 is 'Of what the message says, so that the same is kept once';
comment on column report.salt is 'Random: without it the digest in the trail cannot be compared with guesses';
comment on column report.settled_at is 'When its time to wait for a study was over and it had one; null until then';
create index report_of_order on report (accession_number);
create index report_received on report (received_at);
create index report_unsettled on report (received_at) where settled_at is null;

create index study_identity_accession on study_identity (accession_number)
  where state = 'RECORDED' and accession_number <> '';
create index identity_statement_accession on identity_statement (accession_number) where accession_number <> '';

create view report_proof as
select id as report_id, received_at,
  encode(sha256(salt || convert_to(concat_ws(chr(31), status, accession_number, array_to_string(patient_ids, chr(30)),
    array_to_string(issuers, chr(30)), birth_date, content), 'UTF8')), 'hex') as sha256
from report;
comment on view report_proof is 'Digests as REPORT_RECEIVED names them, computed anew, for those who may not read the texts';

-- What default privileges gave is taken back.
revoke all on report, report_proof from rigatino_app, rigatino_auditor;
grant select, insert, delete on report to rigatino_app;
grant update (settled_at) on report to rigatino_app;
grant select on report_proof to rigatino_app, rigatino_auditor;
do $$ begin
  -- Made by sql/setup/roles.sql, which grants the same where it is run later.
  if exists (select from pg_roles where rolname = 'rigatino_identity') then
    grant select on report, report_proof to rigatino_identity;
  end if;
end $$;
