-- Who may read what performed steps say, and digests of their Patient IDs that nobody finds by guessing. Run by
-- rigatino_owner.

create table performed_step_salt (
  sop_instance_uid text primary key references performed_step on delete cascade,
  salt             bytea not null
);
comment on table performed_step_salt is 'Random, of each step that names a patient: without it performed_step.patient cannot be compared with guesses';

-- What default privileges gave is taken back. V40 left the auditor digests that all Patient IDs of a site could be tried on.
revoke all on performed_step, performed_step_salt from rigatino_app, rigatino_auditor;
grant select, insert, update, delete on performed_step to rigatino_app;
grant select, insert on performed_step_salt to rigatino_app;

insert into performed_step_salt (sop_instance_uid, salt)
select sop_instance_uid, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
from performed_step where patient is not null;
update performed_step p set patient = encode(sha256(s.salt || convert_to(p.patient, 'UTF8')), 'hex')
from performed_step_salt s where s.sop_instance_uid = p.sop_instance_uid;
comment on column performed_step.patient is
  'SHA-256 over the salt of performed_step_salt and a name made of the step and its Patient ID; null where that is empty';
