-- What people say of findings: added to and never changed. Run by rigatino_owner.

create table answer (
  id                      bigint generated always as identity primary key,
  finding_id              bigint not null references finding,
  study_instance_uid      text not null,
  verdict                 text not null check (verdict in ('AGREE', 'DISAGREE', 'UNSURE', 'MISSED', 'WITHDRAWN')),
  reason                  text check (reason in ('ARTIFACT', 'MOTION', 'NORMAL_VARIANT', 'POST_OPERATIVE', 'KNOWN_LESION',
                                                 'WRONG_PLACE_OR_EXTENT', 'NOT_RELEVANT', 'OTHER')),
  place_column            integer check (place_column >= 0),
  place_row               integer check (place_row >= 0),
  manufacturer            text,
  manufacturer_model_name text,
  answered_by             text not null,
  answered_at             timestamptz not null,
  revises                 bigint unique,
  unique (id, finding_id),
  foreign key (revises, finding_id) references answer (id, finding_id),
  check (verdict <> 'WITHDRAWN' or revises is not null),
  check ((verdict = 'MISSED') = (place_column is not null) and (verdict = 'MISSED') = (place_row is not null))
);
comment on table answer is
  'What a person said of a finding. Of a finding that row is in force which no other revises';
comment on column answer.verdict is
  'AGREE, DISAGREE with what the release says of the image, flagged or not; MISSED: something is there that no image of the study is flagged for';
comment on column answer.place_column is 'Of what was missed, in pixels of the source, from 0 at the left; place_row from 0 at the top';
comment on column answer.manufacturer is '(0008,0070) of the image, null where its file was not kept any more';
comment on column answer.revises is 'The answer that this one takes the place of; null for the first of a finding';
create unique index answer_first on answer (finding_id) where revises is null;
create index answer_of_finding on answer (finding_id);
create index answer_of_study on answer (study_instance_uid);

create table answer_comment (
  answer_id bigint primary key references answer,
  comment   text not null check (char_length(comment) between 1 and 1000),
  salt      bytea not null
);
comment on table answer_comment is
  'Free text of answers, which may name a patient; deleted by rigatino.retention.identity';
comment on column answer_comment.salt is 'Random: without it the digest in the trail cannot be compared with guesses';

create view answer_proof as
select c.answer_id, a.study_instance_uid, a.answered_at,
  encode(sha256(c.salt || convert_to(c.comment, 'UTF8')), 'hex') as sha256
from answer_comment c join answer a on a.id = c.answer_id;
comment on view answer_proof is 'Digests as FINDING_ANSWERED names them, computed anew, for those who may not read the texts';

-- What default privileges gave is taken back.
revoke all on answer, answer_comment, answer_proof from rigatino_app, rigatino_auditor;
grant select, insert on answer to rigatino_app;
grant select on answer to rigatino_auditor;
grant select, insert, delete on answer_comment to rigatino_app;
grant select on answer_proof to rigatino_app, rigatino_auditor;
do $$ begin
  -- Made by sql/setup/roles.sql, which grants the same where it is run later.
  if exists (select from pg_roles where rolname = 'rigatino_identity') then
    grant select on answer_comment, answer_proof to rigatino_identity;
  end if;
end $$;

create or replace view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_REPLAYED', 'STUDY_JUDGED_ANEW', 'PATIENT_CHOSEN', 'RESULTS_WITHDRAWN', 'AUDIT_VIEWED',
               'AUDIT_EXPORTED', 'IDENTITY_VIEWED', 'FINDING_ANSWERED');
