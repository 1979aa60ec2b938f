alter table rerun add column serving text[] not null default '{}';
comment on column rerun.serving is
  'Digests of the releases that served when it was started, or paused itself since others did, in their order: it is by no others';
update rerun set serving = array(select model_digest from release_standing where standing = 'SERVING' order by 1)
  where state in ('RUNNING', 'PAUSED');
grant update (serving) on rerun to rigatino_app;
