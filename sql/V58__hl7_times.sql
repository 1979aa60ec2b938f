-- How exactly HL7 messages say a time, what of a report is not shown, and who took a message of a patient back. Run by rigatino_owner.

alter table report
  add column reported_until  timestamptz,
  add column sent_at         timestamptz,
  add column parts_not_shown integer not null default 0 check (parts_not_shown >= 0);
comment on column report.reported_until is 'Last instant of reported_at as it is said: of its second, minute, hour or day; null is reported_at';
comment on column report.sent_at is 'MSH-7: of two that are said to be of one time, the later one is the later; null where it is none';
comment on column report.parts_not_shown is 'OBX and NTE with something in them that is not in content';

alter table patient_message
  add column event_until timestamptz,
  add column voided_at   timestamptz,
  add column voided_by   text,
  add constraint patient_message_voided check ((voided_at is null) = (voided_by is null));
comment on column patient_message.event_until is 'Last instant of event_at as it is said; null is event_at';
comment on column patient_message.voided_at is 'When an administrator took it back: it counts for nothing since';

grant update (voided_at, voided_by) on patient_message to rigatino_app;
