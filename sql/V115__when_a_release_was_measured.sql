alter table release_standing add column measured_at timestamptz;
comment on column release_standing.measured_at is
  'When what is measured was recorded; what was recorded last counts, whichever worker has it. Null where nothing is known, or nothing of when';
grant update (measured_at) on release_standing to rigatino_app;
