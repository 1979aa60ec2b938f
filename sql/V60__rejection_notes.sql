-- Archives that ask for it are told what a newer analysis superseded (IHE RAD-66). Run by rigatino_owner.

alter table output drop constraint output_kind_check;
alter table output add constraint output_kind_check check (kind in ('SECONDARY_CAPTURE', 'RESTORED_IMAGE',
  'SEGMENTATION', 'PROBABILITY_MAP', 'MEASUREMENT_REPORT', 'PRESENTATION_STATE', 'TRIPTYCH',
  'MULTI_FRAME_SECONDARY_CAPTURE', 'MULTI_FRAME_TRIPTYCH', 'PARAMETRIC_MAP', 'KEY_OBJECT_SELECTION', 'ASSESSMENT',
  'REJECTION_NOTE'));

create table rejection_note (
  study_id         bigint not null references study,
  destination      text not null,
  state            text not null default 'WAITING' check (state in ('WAITING', 'WRITTEN', 'NOT_SENT')),
  reason           text,
  output_id        bigint unique references output,
  attempts         integer not null default 0,
  last_error       text,
  next_attempt_at  timestamptz default now(),
  primary key (study_id, destination),
  check ((state = 'WAITING') = (next_attempt_at is not null)),
  check ((state = 'WRITTEN') = (output_id is not null)),
  check ((state = 'NOT_SENT') = (reason is not null))
);
comment on table rejection_note is
  'Of each revision that took the place of others and has a confirmed object at a destination: the note for that destination, or why none';
comment on column rejection_note.last_error is 'Why it waits still; null where nothing failed';
create index rejection_note_waiting on rejection_note (next_attempt_at) where state = 'WAITING';

create table rejected_object (
  output_id    bigint not null references output,
  destination  text not null,
  note_id      bigint not null references output,
  primary key (output_id, destination)
);
comment on table rejected_object is 'Which note names an object at a destination: never two';

-- What default privileges gave is taken back.
revoke all on rejection_note, rejected_object from rigatino_app, rigatino_auditor;
grant select, insert on rejection_note, rejected_object to rigatino_app;
grant update (state, reason, output_id, attempts, last_error, next_attempt_at) on rejection_note to rigatino_app;
grant update (note_id) on rejected_object to rigatino_app;
grant select on rejection_note, rejected_object to rigatino_auditor;
