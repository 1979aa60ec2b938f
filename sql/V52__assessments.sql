-- What people answer as objects for archives that ask for them. Run by rigatino_owner.

alter table output drop constraint output_kind_check;
alter table output add constraint output_kind_check check (kind in ('SECONDARY_CAPTURE', 'RESTORED_IMAGE',
  'SEGMENTATION', 'PROBABILITY_MAP', 'MEASUREMENT_REPORT', 'PRESENTATION_STATE', 'TRIPTYCH',
  'MULTI_FRAME_SECONDARY_CAPTURE', 'MULTI_FRAME_TRIPTYCH', 'PARAMETRIC_MAP', 'KEY_OBJECT_SELECTION', 'ASSESSMENT'));

create table assessment (
  answer_id        bigint primary key references answer,
  state            text not null default 'WAITING' check (state in ('WAITING', 'WRITTEN', 'NOT_SENT')),
  reason           text,
  output_id        bigint unique references output,
  attempts         integer not null default 0,
  last_error       text,
  next_attempt_at  timestamptz default now(),
  check ((state = 'WAITING') = (next_attempt_at is not null)),
  check ((state = 'WRITTEN') = (output_id is not null)),
  check ((state = 'NOT_SENT') = (reason is not null))
);
comment on table assessment is 'What became of each answer that was given since this table is there: an object, or why none';
comment on column assessment.last_error is 'Why it waits still; null where nothing failed';
create index assessment_waiting on assessment (answer_id) where state = 'WAITING';

create table assessment_observer (
  number  bigint generated always as identity primary key,
  name    text not null unique
);
comment on table assessment_observer is
  'Who answered under which number, where archives are told no names: rigatino.assessment.observer';

-- What default privileges gave is taken back.
revoke all on assessment, assessment_observer from rigatino_app, rigatino_auditor;
grant select, insert on assessment to rigatino_app;
grant update (state, reason, output_id, attempts, last_error, next_attempt_at) on assessment to rigatino_app;
grant select on assessment to rigatino_auditor;
grant select, insert on assessment_observer to rigatino_app;
