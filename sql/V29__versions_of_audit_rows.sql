-- What a row's hash covers is told by the row itself: a field that comes later needs a number, not a special case.
alter table audit_event add column version smallint not null default 1;
comment on column audit_event.version is
  'What the hash covers, and how (docs/audit.md); 1 for rows of a time before there was the column';
