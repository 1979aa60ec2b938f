-- Files are deleted by rule (rigatino.retention), rows are not.
alter table study add column instances_deleted_at timestamptz;
alter table study add column outputs_deleted_at timestamptz;
comment on column study.instances_deleted_at is 'When the files as received were deleted by rigatino.retention.instances';
comment on column study.outputs_deleted_at is 'When the encoded files were deleted by rigatino.retention.outputs';
create index study_with_instances on study (ended_at)
  where instances_deleted_at is null and state in ('CONFIRMED', 'REFUSED');
create index study_with_outputs on study (ended_at)
  where outputs_deleted_at is null and state in ('CONFIRMED', 'REFUSED');
