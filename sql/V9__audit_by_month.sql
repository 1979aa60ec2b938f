-- The trail by month, who did it, and its head. Run by rigatino_owner.

alter table audit_event rename to audit_event_unpartitioned;

create table audit_event (
  id                   bigint not null,
  occurred_at          timestamptz not null,
  kind                 text not null,
  study_instance_uid   text,
  subject              text,
  detail               text not null,
  actor                text,
  address              text,
  previous_hash        text not null,
  hash                 text not null
) partition by range (occurred_at);
comment on table audit_event is
  'Append-only, a partition a month (UTC); each row''s hash covers its content and the previous row''s hash';
comment on column audit_event.id is '1 for the first row, then without gaps, in the order of the chain';
comment on column audit_event.kind is 'What happened; docs/audit.md lists the kinds';
comment on column audit_event.subject is 'Null, or what it is about inside the study: an instance, an output, a destination';
comment on column audit_event.actor is
  'Who did it: a user, a machine, an AE title, an account of the operating system; null where Rigatino did by itself';
comment on column audit_event.address is 'Where the actor was, an IP address or a host; null where that is not known';

create function refuse_audit_truncate(partition regclass) returns void language plpgsql as $$
begin
  execute format('create trigger audit_event_no_truncate before truncate on %s'
    ' for each statement execute function refuse_audit_change()', partition);
  -- What default privileges gave: rows go in through audit_event alone.
  execute format('revoke all on %s from rigatino_app', partition);
end $$;

-- For a month that its first day names. Row triggers come with the parent, statement triggers do not.
create function make_audit_partition(month date) returns void language plpgsql as $$
declare
  name text := 'audit_event_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('public.' || name) is null then
    execute format('create table public.%I partition of public.audit_event for values from (%L) to (%L)',
      name, month || ' 00:00:00+00', (month + interval '1 month')::date || ' 00:00:00+00');
    perform public.refuse_audit_truncate(('public.' || name)::regclass);
  end if;
end $$;

-- Rows of times for which no month was made: a clock that is wrong by more than a year stops nobody.
create table audit_event_other partition of audit_event default;
select refuse_audit_truncate('audit_event_other');

-- For rigatino_app, which makes no tables. What a reader holds up is made the next time: there are months ahead.
create function make_audit_partitions() returns void language plpgsql
security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '1s' as $$
declare
  month date := date_trunc('month', now() at time zone 'UTC');
begin
  for ahead in 0..12 loop
    begin
      perform public.make_audit_partition((month + make_interval(months => ahead))::date);
    exception
      when check_violation then
        raise warning 'audit_event_other holds rows of the month % months ahead, which stays without a partition', ahead;
      when lock_not_available then
        return;
    end;
  end loop;
end $$;
revoke all on function refuse_audit_truncate(regclass), make_audit_partition(date), make_audit_partitions() from public;
grant execute on function make_audit_partitions() to rigatino_app;

select make_audit_partition(month::date)
from generate_series(
  date_trunc('month', (select greatest(least(min(occurred_at), now()), now() - interval '10 years') from audit_event_unpartitioned) at time zone 'UTC'),
  date_trunc('month', now() at time zone 'UTC'), interval '1 month') as month;
select make_audit_partitions();

insert into audit_event (id, occurred_at, kind, study_instance_uid, subject, detail, previous_hash, hash)
select id, occurred_at, kind, study_instance_uid, subject, detail, previous_hash, hash
from audit_event_unpartitioned order by id;
drop table audit_event_unpartitioned;

revoke update, delete on audit_event from rigatino_app;

-- A key over partitions holds the partition's column too; that ids and hashes are unique beyond months is held by
-- audit_event_follows.
alter table audit_event add primary key (id, occurred_at);
alter table audit_event add unique (hash, occurred_at);
create index audit_event_of_study on audit_event (study_instance_uid, id) where study_instance_uid is not null;
create index audit_event_of_kind on audit_event (kind, occurred_at);
create index audit_event_of_actor on audit_event (actor, occurred_at) where actor is not null;

create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function refuse_audit_change();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function refuse_audit_change();

create table audit_head (
  single               boolean primary key default true check (single),
  id                   bigint not null,
  hash                 text not null
) with (fillfactor = 10);
comment on table audit_head is 'Last row of audit_event, kept by its trigger: what is cut off its end is missed here';
insert into audit_head (id, hash)
select coalesce(max(id), 0), coalesce((array_agg(hash order by id desc))[1], repeat('0', 64)) from audit_event;
revoke insert, update, delete on audit_head from rigatino_app;

create function audit_event_follows() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  head public.audit_head;
begin
  select * into head from public.audit_head for update;
  if exists (select from (
      select id, previous_hash, lag(id, 1, head.id) over w as last_id, lag(hash, 1, head.hash) over w as last_hash
      from appended window w as (order by id)) as chain
      where id <> last_id + 1 or previous_hash <> last_hash) then
    raise exception 'audit_event: what does not follow row % is refused', head.id using errcode = 'insufficient_privilege';
  end if;
  update public.audit_head set (id, hash) = (select a.id, a.hash from appended a order by a.id desc limit 1)
  where exists (select from appended);
  return null;
end $$;
revoke all on function audit_event_follows() from public;
create trigger audit_event_follows after insert on audit_event
  referencing new table as appended for each statement execute function audit_event_follows();
