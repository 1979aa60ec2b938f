-- What a person said of a study whose instances name several patients, and instances that are kept and not worked on.

alter table instance drop constraint instance_outcome_check;
alter table instance add constraint instance_outcome_check
  check (outcome in ('PENDING', 'RESTORED', 'REFUSED', 'FAILED', 'OWN_OUTPUT', 'SET_ASIDE'));
comment on column instance.outcome is
  'SET_ASIDE: kept and in no output, since it came as other bytes under a known UID, or is of another patient';
alter table instance drop constraint instance_sop_instance_uid_key;
alter table instance add constraint instance_sop_instance_uid_key unique (sop_instance_uid, sha256);
create unique index instance_in_force on instance (sop_instance_uid) where outcome <> 'SET_ASIDE';
comment on index instance_in_force is 'Of one SOP Instance UID one version is worked on, whatever else came under it';

create table study_patient (
  study_instance_uid   text not null,
  patient              text not null,
  decided_by           text not null,
  decided_at           timestamptz not null,
  primary key (study_instance_uid, patient)
);
comment on table study_patient is 'Who of several a person has said to be the study''s patient';
comment on column study_patient.patient is 'As in study.patient; several where the same patient is named differently';

alter table study add column superseded_at timestamptz;
comment on column study.superseded_at is
  'When a person had the study judged anew, or its results withdrawn: this revision''s refusal waits for nobody any more';

-- Names are made of values now, and were made of spellings. The files tell, where they are still there.
update study set patient = null where patient <> 'mixed' and instances_deleted_at is null;
