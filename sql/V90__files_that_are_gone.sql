-- Which files as received retention has deleted, and when studies came again. Run by rigatino_owner.

alter table instance add column file_deleted_at timestamptz;
comment on column instance.file_deleted_at is
  'When rigatino.retention.instances deleted the file; null while it is kept, and again once the same bytes came again';
update instance i set file_deleted_at = s.instances_deleted_at
  from study s where s.id = i.study_id and s.instances_deleted_at is not null;
comment on column study.instances_deleted_at is
  'When the files as received were deleted by rigatino.retention.instances; null again once all of the revision came again';

alter table study add column instances_returned_at timestamptz;
comment on column study.instances_returned_at is
  'When anything of the study came again after this revision had ended, to the hour, since its files were last deleted: retention counts from then';
create index study_with_returned_instances on study (ended_at) where instances_returned_at is not null;
