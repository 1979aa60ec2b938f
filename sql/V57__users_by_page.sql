-- Users are added, changed and removed by administrators on a page and by REST too, and not by the user command alone. Run by
-- rigatino_owner.

create sequence app_user_version;

alter table app_user
  add column version         bigint not null default nextval('app_user_version'),
  add column changed_by      text,
  add column changed_at      timestamptz,
  add column last_sign_in_at timestamptz;

-- Sign-ins that are on record; those of a user of the same name before are none of this one's.
update app_user set last_sign_in_at = (
  select max(occurred_at) from audit_event
  where actor = name and kind = 'SIGN_IN' and detail = 'by password' and occurred_at >= created_at);

comment on table app_user is
  'Users of sites without an identity provider; changed by the user command, and by administrators on a page and by REST';
comment on column app_user.version is
  'Another with each change by a person, never given twice: who changes a row names the one that they saw';
comment on column app_user.changed_by is 'Who changed it last; null where nobody has since it was added by an earlier version';
comment on column app_user.last_sign_in_at is 'By password; null where none is on record';

-- The name and when they were added stay.
grant insert, delete on app_user to rigatino_app;
grant update (roles, password_hash, disabled_at, version, changed_by, changed_at, last_sign_in_at) on app_user to rigatino_app;
revoke all on sequence app_user_version from rigatino_app;
grant usage on sequence app_user_version to rigatino_app;
grant select (version, changed_by, changed_at, last_sign_in_at) on app_user to rigatino_auditor;
