-- How long a delivery has been in its state is read from the index alone, each quarter of a minute. Run by rigatino_owner.

alter table delivery add column state_since timestamptz not null default now();
comment on column delivery.state_since is
  'When it came into its state; of what was open before schema 117, when it was sent or its output made. Written by a trigger';

update delivery d set state_since = case when d.state = 'SENT' then coalesce(d.sent_at, o.created_at) else o.created_at end
from output o where o.id = d.output_id and d.state in ('PENDING', 'SENT', 'FAILED');

create function mark_delivery_state() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  new.state_since := now();
  return new;
end $$;

create trigger delivery_state_since before update of state on delivery for each row
when (old.state is distinct from new.state) execute function mark_delivery_state();

drop index delivery_open;
create index delivery_open on delivery (destination, state, id) include (state_since)
  where state in ('PENDING', 'SENT', 'DECLINED', 'FAILED');

comment on view refusal is
  'What was refused, and why? By occurred_at: indexes audit_event_of_kind and study_judged';
