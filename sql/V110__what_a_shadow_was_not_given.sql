alter table release_run add column withheld bigint[] not null default '{}';
comment on column release_run.withheld is
  'Of a shadow: instances of the study that it was not given, since they were neither restored nor refused when it was claimed';
