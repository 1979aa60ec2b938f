-- Studies that a message of a patient bears on beyond those that are shown anew with it, until they are. Run by rigatino_owner.

create table identity_due (
  id                  bigint generated always as identity primary key,
  study_instance_uid  text not null,
  messages            bigint[] not null
);
comment on table identity_due is
  'Studies of messages that are of more than one transaction shows anew; the others follow by the hundred, a second or two';
comment on column identity_due.messages is 'Of patient_message: those that came in one and count, or the one that was taken back or let in';

-- What default privileges gave is taken back.
revoke all on identity_due from rigatino_app, rigatino_auditor;
grant select, insert, delete on identity_due to rigatino_app;
