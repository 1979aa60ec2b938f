-- What is appended to the trail has the hash of what it says, and what people did is told of each kind. Run by rigatino_owner.

-- As docs/audit.md says which bytes a hash is of. They set no search path, so that the planner takes them into its statement;
-- audit_event_follows sets one.
create function audit_field(value text) returns bytea language sql stable as $$
  select case when value is null then int4send(-1)
    else int4send(octet_length(convert_to(value, 'UTF8')))
      || convert_to(value, 'UTF8') end
$$;
comment on function audit_field is 'A text in UTF-8 behind its length in bytes, -1 where it is absent';

create function audit_time(value timestamptz) returns text language sql stable as $$
  select regexp_replace(
    to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '(\.000|)000$', '') || 'Z'
$$;
comment on function audit_time is 'ISO 8601, with no digits of a second, three or six, as many as it needs';

create function audit_hash(appended audit_event) returns text language sql stable as $$
  select case appended.version
    when 1 then encode(sha256(
      int8send(appended.id) || audit_field(audit_time(appended.occurred_at))
      || audit_field(appended.kind) || audit_field(appended.study_instance_uid)
      || audit_field(appended.subject) || audit_field(appended.detail)
      || audit_field(appended.previous_hash)
      || case when appended.actor is null and appended.address is null then ''::bytea
           else audit_field(appended.actor) || audit_field(appended.address) end), 'hex')
    when 2 then encode(sha256(
      int8send(-2) || int8send(appended.id)
      || audit_field(audit_time(appended.occurred_at)) || audit_field(appended.kind)
      || audit_field(appended.study_instance_uid) || audit_field(appended.subject)
      || audit_field(appended.detail) || audit_field(appended.actor)
      || audit_field(appended.address) || audit_field(appended.previous_hash)), 'hex')
  end
$$;
comment on function audit_hash is 'SHA-256 of what a row says, null of a version that is not known';
revoke all on function audit_field(text), audit_time(timestamptz), audit_hash(audit_event) from public, rigatino_app, rigatino_auditor;

create or replace function audit_event_follows() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  head public.audit_head;
  other bigint;
begin
  select * into head from public.audit_head for update;
  if exists (select from (
      select id, previous_hash, lag(id, 1, head.id) over w as last_id, lag(hash, 1, head.hash) over w as last_hash
      from appended window w as (order by id)) as chain
      where id <> last_id + 1 or previous_hash <> last_hash) then
    raise exception 'audit_event: what does not follow row % is refused', head.id using errcode = 'insufficient_privilege';
  end if;
  -- What is in cannot be taken out: one row without its own hash would break the proof of all behind it for ever.
  select min(a.id) into other from appended a where a.hash is distinct from public.audit_hash(a);
  if other is not null then
    raise exception 'audit_event: row % has not the hash of what it says, or a version that schema 88 does not know', other
      using errcode = 'insufficient_privilege';
  end if;
  update public.audit_head set (id, hash) = (select a.id, a.hash from appended a order by a.id desc limit 1)
  where exists (select from appended);
  return null;
end $$;

create or replace function append_answers_exported(row_id bigint, at timestamptz, what text, who text, from_where text,
  of_version smallint, before text, own text) returns void language plpgsql volatile
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if who is null or who not like 'os:%' then
    raise exception 'append_answers_exported: who exports is an account of the operating system, os:NAME'
      using errcode = 'insufficient_privilege';
  end if;
  insert into public.audit_event (id, occurred_at, kind, detail, actor, address, version, previous_hash, hash)
  values (row_id, at, 'ANSWERS_EXPORTED', what, who, from_where, of_version, before, own);
end $$;

create or replace view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_DE_ESCALATED', 'STUDY_REOPENED', 'STUDY_REPLAYED', 'STUDY_JUDGED_ANEW', 'PATIENT_CHOSEN',
               'RESULTS_WITHDRAWN', 'PATIENT_MESSAGE_TAKEN_BACK', 'PATIENT_MESSAGE_LET_IN', 'DELIVERIES_CANCELLED',
               'DELIVERIES_REPEATED', 'SOURCE_SEARCHED', 'RETRIEVAL_REQUESTED', 'AUDIT_VIEWED', 'AUDIT_EXPORTED',
               'IDENTITY_VIEWED', 'FINDING_ANSWERED');

create or replace view refusal as
select occurred_at, kind, study_instance_uid, subject, actor, detail as reason
from audit_event
where kind in ('INSTANCE_REFUSED', 'STUDY_REFUSED', 'EVENT_REFUSED', 'HL7_REFUSED', 'DELIVERY_DECLINED',
               'PATIENT_NOT_CORRECTED', 'ASSESSMENT_NOT_SENT', 'REJECTION_NOTE_NOT_SENT', 'SIGN_IN_REFUSED',
               'SIGN_IN_BLOCKED')
union all
select i.received_at, 'IMAGE_NOT_RESTORED', s.study_instance_uid, i.sop_instance_uid, null, i.outcome_reason
from instance i join study s on s.id = i.study_id
where i.outcome = 'REFUSED';
