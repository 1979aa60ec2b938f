-- Images may be restored in part: a frame is refused by its own attributes.
alter table instance add column outcome_detail text;
comment on column instance.outcome_detail is
  'Frames that were refused and by which rules, or what of the image a rule refused; never patient data';
comment on column instance.outcome_reason is
  'Refusal rules with commas between them, or failure cause; never patient data';
