-- Deliveries that were given up are many after some years, and what nobody can send again is read no more. Run by rigatino_owner.

alter table delivery add column outputs_deleted boolean not null default false;
comment on column delivery.outputs_deleted is
  'Given up, and retention has deleted the outputs of its study since: not sent again. Written by a trigger';

update delivery d set outputs_deleted = true from study s
where s.id = d.study_id and d.state in ('DECLINED', 'CANCELLED') and s.outputs_deleted_at is not null;

create function mark_delivery_outputs_deleted() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.delivery set outputs_deleted = new.outputs_deleted_at is not null
  where study_id = new.id and state in ('DECLINED', 'CANCELLED');
  return null;
end $$;

create trigger study_outputs_deleted after update of outputs_deleted_at on study for each row
when (old.outputs_deleted_at is distinct from new.outputs_deleted_at) execute function mark_delivery_outputs_deleted();

drop index delivery_given_up;
create index delivery_given_up on delivery (destination, id) where state in ('DECLINED', 'CANCELLED') and not outputs_deleted;

-- Of these few is told which would not be sent again.
create index output_rejection_note on output (id) where kind = 'REJECTION_NOTE';
