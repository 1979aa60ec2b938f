-- A worker of 0.1.0 that goes on beside those of this version marks the study alone: what it deletes is gone by file too. Run by
-- rigatino_owner.

create function mark_instance_files_deleted() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.instance set file_deleted_at = new.instances_deleted_at where study_id = new.id and file_deleted_at is null;
  return null;
end $$;

create trigger study_instances_deleted after update of instances_deleted_at on study for each row
when (new.instances_deleted_at is not null and old.instances_deleted_at is distinct from new.instances_deleted_at)
execute function mark_instance_files_deleted();

-- Where nothing of the study came again since.
update instance i set file_deleted_at = s.instances_deleted_at
  from study s where s.id = i.study_id and i.file_deleted_at is null and s.instances_deleted_at is not null
    and (s.instances_returned_at is null or s.instances_returned_at < s.instances_deleted_at);
comment on column instance.file_deleted_at is
  'When rigatino.retention.instances deleted the file; null while it is kept, and again once the same bytes came again. Written by a trigger';
