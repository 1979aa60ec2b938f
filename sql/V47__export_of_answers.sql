-- For who makes a folder of images and labels of what radiologists answered: what it needs, and nobody's name. Run by
-- rigatino_owner.

create function nobodys_word(value text) returns text language sql immutable
set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(btrim(regexp_replace(upper(value), '[\s^=,._/-]+', ' ', 'g')), '^0+$', '0')
$$;
comment on function nobodys_word is 'As values that are nobody''s are compared: whatever their case and separators, and any number of zeros as one';

create table nobodys_value (
  attribute  text not null check (attribute in ('PATIENT_ID', 'PATIENT_NAME', 'PATIENT_BIRTH_DATE')),
  value      text not null check (value = nobodys_word(value)),
  primary key (attribute, value)
);
comment on table nobodys_value is 'rigatino.nobody of the process that started last';
revoke all on nobodys_value from rigatino_app, rigatino_auditor;
grant select, insert, delete on nobodys_value to rigatino_app;

create function answered_images() returns table (
  answer_id bigint, verdict text, reason text, flagged boolean, frame_number integer, release text, image bigint,
  patient bigint, shared boolean, usable boolean, location text, sha256 text, finished_at timestamptz)
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with secret as materialized (select gen_random_uuid()::text || gen_random_uuid()::text as drawn),
  given as materialized (
    select a.id, a.study_instance_uid, a.verdict, a.reason, f.flagged, f.frame_number,
      f.model_name || '/' || f.model_version as release, i.sop_instance_uid, i.location, i.sha256, s.ended_at,
      i.outcome <> 'SET_ASIDE' and s.ended_at is not null and s.state in ('DELIVERED', 'CONFIRMED', 'FAILED') as usable
    from public.answer a
    join public.finding f on f.id = a.finding_id
    join public.instance i on i.id = f.instance_id
    join public.study s on s.id = i.study_id
    where not exists (select from public.answer later where later.revises = a.id) and a.verdict <> 'WITHDRAWN'),
  named as materialized (
    select study_instance_uid, patient_id from public.study_identity
    where state = 'RECORDED' and patient_id <> '' and strpos(patient_id, U&'\FFFD') = 0 and char_length(patient_id) < 256
      and study_instance_uid in (select study_instance_uid from given)),
  ids as materialized (
    select patient_id,
      count(*) > 200 or count(distinct nullif(patient_name, '')) > 1 or count(distinct nullif(patient_birth_date, '')) > 1
      or bool_or(exists (select from public.nobodys_value n where
        n.attribute = 'PATIENT_ID' and n.value = public.nobodys_word(patient_id)
        or n.attribute = 'PATIENT_NAME' and n.value = public.nobodys_word(patient_name)
        or n.attribute = 'PATIENT_BIRTH_DATE' and n.value = public.nobodys_word(patient_birth_date)))
      -- What cannot be compared is not taken for somebody's.
      or not exists (select from public.nobodys_value) as shared
    from public.study_identity
    where state = 'RECORDED' and patient_id in (select patient_id from named)
    group by patient_id),
  numbers as materialized (
    select patient_id, shared, row_number() over (
      order by sha256(convert_to(secret.drawn || patient_id, 'UTF8'))) as number
    from ids, secret)
  select g.id, g.verdict, g.reason, g.flagged, g.frame_number, g.release,
    dense_rank() over (order by g.sop_instance_uid), case when not p.shared then p.number end, coalesce(p.shared, false),
    g.usable, g.location, g.sha256, g.ended_at
  from given g
  left join named n on n.study_instance_uid = g.study_instance_uid
  left join numbers p on p.patient_id = n.patient_id
  order by g.id
$$;
comment on function answered_images is
  'Answers in force, without who gave them and without comments; patients by numbers that are drawn anew each time, one for each Patient ID, none where an ID may be of several';

create function append_answers_exported(row_id bigint, at timestamptz, what text, who text, from_where text, of_version smallint,
  before text, own text) returns void language sql volatile
security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into public.audit_event (id, occurred_at, kind, detail, actor, address, version, previous_hash, hash)
  values (row_id, at, 'ANSWERS_EXPORTED', what, who, from_where, of_version, before, own)
$$;
comment on function append_answers_exported is 'For who exports answers, and may append nothing else to the trail';

-- What default privileges gave is taken back.
revoke all on function nobodys_word(text), answered_images(),
  append_answers_exported(bigint, timestamptz, text, text, text, smallint, text, text)
  from public, rigatino_app, rigatino_auditor;
-- The check of nobodys_value is made as who writes.
grant execute on function nobodys_word(text) to rigatino_app;
do $$ begin
  -- Made by sql/setup/roles.sql, which grants the same where it is run later.
  if exists (select from pg_roles where rolname = 'rigatino_exporter') then
    grant select on flyway_schema_history, audit_head to rigatino_exporter;
    grant execute on function answered_images(),
      append_answers_exported(bigint, timestamptz, text, text, text, smallint, text, text) to rigatino_exporter;
  end if;
end $$;
