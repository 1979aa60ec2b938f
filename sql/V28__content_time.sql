-- When the revision was first taken on: Content Date and Time of all that is made of it. A repetition reads it here.
alter table study add column content_at timestamptz;
alter table study add column content_offset_seconds integer check (content_offset_seconds between -64800 and 64800);
alter table study add check ((content_at is null) = (content_offset_seconds is null));
comment on column study.content_at is
  'When the revision was first taken on by a worker; never changed, so that a repetition makes the same bytes';
comment on column study.content_offset_seconds is 'East of UTC, of the worker that took the revision on first';
