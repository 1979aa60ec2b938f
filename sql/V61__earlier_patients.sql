-- For whom earlier studies were asked for: after a merge is taken back it is another. Run by rigatino_owner.

create table earlier_patient (
  id                    bigint generated always as identity primary key,
  study_instance_uid    text not null,
  patient_id            text not null,
  issuer_of_patient_id  text not null,
  unique (study_instance_uid, patient_id, issuer_of_patient_id)
);
comment on table earlier_patient is
  'For whom archives were asked for studies earlier than this one; rows of the trail and retrievals have the number alone. Deleted with whose the study is';

-- What default privileges gave is taken back.
revoke all on earlier_patient from rigatino_app, rigatino_auditor;
grant select, insert, delete on earlier_patient to rigatino_app;
