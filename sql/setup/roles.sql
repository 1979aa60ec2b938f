-- The roles of Rigatino's database, made once by a superuser before the first start, and again after an upgrade from a
-- version that lacked one: running it again changes nothing. Then give each of the four that sign in a password with
-- \password. rigatino_identity signs in nowhere: grant it to whoever may read whose studies are.
--   psql -h HOST -U postgres -d DATABASE -f sql/setup/roles.sql
-- What each may do with tables is granted by the migrations, which rigatino_owner runs (quarkus.flyway.username).

do $$
declare
  role text;
  relation record;
begin
  foreach role in array array['rigatino_owner', 'rigatino_app', 'rigatino_auditor', 'rigatino_exporter'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I', role);
    end if;
    execute format('alter role %I login nosuperuser nocreatedb nocreaterole noreplication', role);
    execute format('grant connect on database %I to %I', current_database(), role);
  end loop;
  if not exists (select from pg_roles where rolname = 'rigatino_identity') then
    create role rigatino_identity;
  end if;
  alter role rigatino_identity nologin nosuperuser nocreatedb nocreaterole noreplication;
  grant usage on schema public to rigatino_identity;
  if to_regclass('public.identity_statement') is not null then
    grant select on identity_statement, study_identity, identity_proof to rigatino_identity;
  end if;
  if to_regclass('public.answer_comment') is not null then
    grant select on answer_comment, answer_proof to rigatino_identity;
  end if;
  if to_regclass('public.report') is not null then
    grant select on report, report_proof to rigatino_identity;
  end if;
  if to_regclass('public.patient_message') is not null then
    grant select on patient_message, patient_message_proof to rigatino_identity;
  end if;
  grant usage on schema public to rigatino_exporter;
  if to_regprocedure('public.answered_images()') is not null then
    grant select on flyway_schema_history, audit_head to rigatino_exporter;
    grant execute on function answered_images(),
      append_answers_exported(bigint, timestamptz, text, text, text, smallint, text, text) to rigatino_exporter;
  end if;
  -- Nobody else: by default PUBLIC may connect and make temporary tables.
  execute format('revoke all on database %I from public', current_database());
  revoke all on schema public from public;
  grant usage, create on schema public to rigatino_owner;
  grant usage on schema public to rigatino_app, rigatino_auditor;
  -- Tables of a version before these roles go to the owner; their sequences and indexes follow.
  for relation in select c.relname from pg_class c
                  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                    and c.relowner <> 'rigatino_owner'::regrole
                    and c.relname in ('flyway_schema_history', 'study', 'instance', 'finding', 'output', 'delivery',
                                      'audit_event') loop
    execute format('alter table public.%I owner to rigatino_owner', relation.relname);
  end loop;
  if to_regprocedure('public.refuse_audit_change()') is not null then
    alter function public.refuse_audit_change() owner to rigatino_owner;
  end if;
end $$;
