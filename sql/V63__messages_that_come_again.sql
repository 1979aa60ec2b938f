-- Messages of patients that were taken back and came again: they wait for an administrator. Run by rigatino_owner.

alter table patient_message
  add column repeats   bigint,
  add column let_in_at timestamptz,
  add column let_in_by text,
  add constraint patient_message_let_in check ((let_in_at is null) = (let_in_by is null)),
  add constraint patient_message_repeats check (let_in_at is null or repeats is not null);
comment on column patient_message.repeats is 'The message that was taken back and that it is again: it counts for nothing until it is let in; null of all others';
comment on column patient_message.let_in_at is 'When an administrator let it in';
create index patient_message_taken_back on patient_message (content_sha256) where voided_at is not null;
create index patient_message_taken_back_id on patient_message (control_id) where voided_at is not null;

grant update (let_in_at, let_in_by) on patient_message to rigatino_app;
