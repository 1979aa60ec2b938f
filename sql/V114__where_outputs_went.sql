-- A destination may be another archive by now than the one that took an object. What it refused for good is among what was refused,
-- and an image that was not restored stands there when its study was judged, not when it came. Run by rigatino_owner.

-- Each output of an image once: one of its series holds it itself. Neighbours in other instances are of the same revision and series.
create or replace view image_output as
select i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.model_name, f.model_version,
  f.model_digest, f.configuration_digest, o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256,
  o.created_at, d.destination, d.state, d.confirmed_by, d.confirmed_at, f.joined_with, f.joined, d.place
from instance i
cross join lateral (
  select own.*, false as joined from finding own where own.instance_id = i.id
  union all
  select beside.*, true
  from instance n
  join finding beside on beside.instance_id = n.id
  where i.outcome <> 'SET_ASIDE' and n.study_id = i.study_id and n.series_instance_uid = i.series_instance_uid and n.id <> i.id
    and strpos(', ' || beside.joined_with, ', ' || i.sop_instance_uid || ' ') > 0) f
cross join lateral (
  select * from output where finding_id = f.id
  union all
  select o.* from output_finding x join output o on o.id = x.output_id
  where x.finding_id = f.id and not (f.joined and exists (
    select from output_finding y join finding g on g.id = y.finding_id
    where y.output_id = o.id and g.instance_id = i.id))) o
left join delivery d on d.output_id = o.id;
comment on column image_output.place is
  'AE title, host and port, or URL: of the archive that took the object last, and then of the one that proved to have it; the destination may be elsewhere by now';

create or replace view refusal as
select occurred_at, kind, study_instance_uid, subject, actor, detail as reason
from audit_event
where kind in ('INSTANCE_REFUSED', 'STUDY_REFUSED', 'EVENT_REFUSED', 'HL7_REFUSED', 'DELIVERY_FAILED', 'DELIVERY_DECLINED',
               'PATIENT_NOT_CORRECTED', 'ASSESSMENT_NOT_SENT', 'REJECTION_NOTE_NOT_SENT', 'SIGN_IN_REFUSED',
               'SIGN_IN_BLOCKED')
union all
select coalesce(s.restored_at, s.ended_at, s.first_received_at), 'IMAGE_NOT_RESTORED', s.study_instance_uid, i.sop_instance_uid, null,
  i.outcome_reason
from instance i join study s on s.id = i.study_id
where i.outcome = 'REFUSED';
comment on column refusal.occurred_at is
  'Of an image, when its study was judged last';

create index study_judged on study (coalesce(restored_at, ended_at, first_received_at));
