-- The trail as a page: the latest first, each filter behind an index that gives this order.

create index audit_event_of_kind_latest on audit_event (kind, id);
create index audit_event_of_actor_latest on audit_event (actor, id) where actor is not null;
-- Nothing asks by actor and time.
drop index audit_event_of_actor;

-- Whoever looks at what the trail has of a study, looks at the study.
create or replace view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_REPLAYED', 'AUDIT_VIEWED', 'AUDIT_EXPORTED');
