-- Of which patient of a study a message is in doubt, where its images name several. Run by rigatino_owner.

alter table patient_doubt add column patient text not null default '';
alter table patient_doubt drop constraint patient_doubt_pkey, add primary key (study_instance_uid, message, patient);

-- Of before: of each patient of the study whose ID the message merges, of all where it is of none of them.
insert into patient_doubt (study_instance_uid, message, why, patient)
select distinct d.study_instance_uid, d.message, d.why, s.patient
from patient_doubt d join identity_statement s on s.study_instance_uid = d.study_instance_uid
  left join patient_message m on m.id = d.message and m.prior_id <> ''
where m.id is null or s.patient_id = m.prior_id or not exists (
  select from identity_statement t where t.study_instance_uid = d.study_instance_uid and t.patient_id = m.prior_id);
delete from patient_doubt d where d.patient = '' and exists (
  select from patient_doubt o where o.study_instance_uid = d.study_instance_uid and o.message = d.message and o.patient <> '');

alter table patient_doubt alter column patient drop default;
comment on column patient_doubt.patient is
  'As identity_statement names whom the study may be of; empty of a study that was deleted before schema 95';
