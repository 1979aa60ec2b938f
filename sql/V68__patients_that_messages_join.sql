-- Studies of which images said something new, until those of others that HL7 messages join with their patients are shown anew. Run by
-- rigatino_owner.

create table identity_said (
  id                  bigint generated always as identity primary key,
  study_instance_uid  text not null
);
comment on table identity_said is
  'Studies whose images said something new of their patient, until it is looked whether others are to be shown otherwise by that; a second or two';

-- What default privileges gave is taken back.
revoke all on identity_said from rigatino_app, rigatino_auditor;
grant select, insert, delete on identity_said to rigatino_app;
