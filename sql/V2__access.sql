-- Who may do what in the database, and the users of sites without an identity provider. Run by rigatino_owner.

do $$ begin
  if not exists (select from pg_roles where rolname = 'rigatino_app')
     or not exists (select from pg_roles where rolname = 'rigatino_auditor') then
    raise exception 'the roles rigatino_app and rigatino_auditor are missing: as a superuser, run sql/setup/roles.sql';
  end if;
end $$;

create table app_user (
  name                 text primary key check (name ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
  roles                text[] not null check (cardinality(roles) > 0
                       and roles <@ array['coordinator', 'radiologist', 'auditor', 'administrator']),
  password_hash        text not null,
  created_at           timestamptz not null,
  disabled_at          timestamptz,
  failed_sign_ins      integer not null default 0,
  locked_until         timestamptz
);
comment on table app_user is 'Users of sites without an identity provider; changed by the user command alone';
comment on column app_user.password_hash is 'bcrypt in modular crypt format';
comment on column app_user.failed_sign_ins is 'Wrong passwords in a row';

-- The application records what it does and cannot take it back: no update, delete or truncate of audit rows. The
-- triggers of V1 refuse the owner too.
grant select, insert, update, delete on study, instance, finding, output, delivery to rigatino_app;
grant select, insert on audit_event to rigatino_app;
-- Enough to see that every migration is there: processes without the owner's password start on a current schema.
grant select on flyway_schema_history to rigatino_app;
-- It counts wrong passwords; it neither adds users nor gives roles or passwords.
grant select on app_user to rigatino_app;
grant update (failed_sign_ins, locked_until) on app_user to rigatino_app;

grant select on study, instance, finding, output, delivery, audit_event to rigatino_auditor;
grant select (name, roles, created_at, disabled_at, failed_sign_ins, locked_until) on app_user to rigatino_auditor;

-- The same for tables of later migrations.
alter default privileges in schema public grant select, insert, update, delete on tables to rigatino_app;
alter default privileges in schema public grant usage on sequences to rigatino_app;
alter default privileges in schema public grant select on tables to rigatino_auditor;
