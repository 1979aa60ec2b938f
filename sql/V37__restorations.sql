-- When the record came back from a backup: what is to be sent after that is looked for at its destination first.

create table restoration (
  id                   bigint generated always as identity primary key,
  restored_at          timestamptz not null,
  backup_made_at       timestamptz not null
);
comment on table restoration is 'Written by restore-backup alone; what the record knew after backup_made_at is lost';
-- What default privileges gave is taken back.
revoke all on restoration from rigatino_app;
grant select on restoration to rigatino_app;
