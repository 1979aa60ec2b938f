-- What a release knows beside its images, so that a promotion can say what is lost. Run by rigatino_owner.

alter table release_standing
  add column normal_studies integer check (normal_studies >= 0),
  add column limits_unlike  boolean,
  add column measured       boolean;
comment on column release_standing.normal_studies is 'How many it knows, 0 for none; null until a worker that has it told, as the two beside it';
comment on column release_standing.limits_unlike is 'Whether it refuses images that are too unlike those that it learnt from';
comment on column release_standing.measured is 'Whether evaluate recorded its metrics';
grant update (normal_studies, limits_unlike, measured) on release_standing to rigatino_app;
