-- Who had a study judged anew, and who said whose it is, has acted on it.
create or replace view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_REPLAYED', 'STUDY_JUDGED_ANEW', 'PATIENT_CHOSEN', 'RESULTS_WITHDRAWN', 'AUDIT_VIEWED',
               'AUDIT_EXPORTED');
