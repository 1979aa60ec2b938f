-- What people do on the worklist is among what they did with a study: opening it again was left out, and an escalation can be taken back.
create or replace view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_DE_ESCALATED', 'STUDY_REOPENED', 'STUDY_REPLAYED', 'STUDY_JUDGED_ANEW', 'PATIENT_CHOSEN',
               'RESULTS_WITHDRAWN', 'AUDIT_VIEWED', 'AUDIT_EXPORTED', 'IDENTITY_VIEWED', 'FINDING_ANSWERED');
