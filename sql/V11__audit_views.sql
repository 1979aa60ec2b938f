-- What an auditor asks, as views; docs/audit.md has a question for each. Read by rigatino_auditor.

create index finding_of_release on finding (model_name, model_version, created_at);
create index finding_of_week on finding
  (model_name, model_version, date_trunc('week', created_at at time zone 'UTC'));
create index study_first_received on study (first_received_at);
create index instance_refused on instance (received_at) where outcome = 'REFUSED';

create view release_output as
select f.model_name, f.model_version, f.model_digest, f.created_at as restored_at, s.study_instance_uid, s.revision,
  i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.score, f.percentile, f.flagged,
  o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256
from finding f
join instance i on i.id = f.instance_id
join output o on o.finding_id = f.id
join study s on s.id = o.study_id;
comment on view release_output is
  'What did a release produce between two dates? By model_name, model_version, restored_at: index finding_of_release';

create view image_output as
select i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.model_name, f.model_version,
  f.model_digest, f.configuration_digest, o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256,
  o.created_at, d.destination, d.state, d.confirmed_by, d.confirmed_at
from instance i
join finding f on f.instance_id = i.id
join output o on o.finding_id = f.id
left join delivery d on d.output_id = o.id;
comment on view image_output is
  'Which outputs came from this image, and where are they? By image_uid: index instance_sop_instance_uid_key';

create view study_access as
select study_instance_uid, occurred_at, kind, actor, address, subject, detail
from audit_event
where study_instance_uid is not null
  and kind in ('STUDY_VIEWED', 'STUDY_ACKNOWLEDGED', 'STUDY_ASSIGNED', 'STUDY_RELEASED', 'STUDY_ESCALATED',
               'STUDY_REPLAYED', 'AUDIT_EXPORTED');
comment on view study_access is
  'Who saw this study or acted on it, and when? By study_instance_uid: index audit_event_of_study';

create view study_wait as
select study_instance_uid, revision, state, completed_by, first_received_at,
  last_received_at - first_received_at as receiving,
  ready_at - last_received_at as completion,
  restoring_at - ready_at as queue,
  restored_at - restoring_at as restoration,
  delivered_at - restored_at as delivery,
  case when state = 'CONFIRMED' then ended_at - delivered_at end as confirmation,
  ended_at - first_received_at as whole
from study;
comment on view study_wait is
  'How long did studies wait at each stage? By first_received_at: index study_first_received';
comment on column study_wait.completion is 'From the last instance until the study was held to be whole';

create view score_by_week as
select model_name, model_version, date_trunc('week', created_at at time zone 'UTC') as week,
  count(*) as images, count(*) filter (where flagged) as flagged, avg(percentile) as mean_percentile,
  percentile_cont(array[0.05, 0.25, 0.5, 0.75, 0.95]) within group (order by score) as score_quantiles
from finding
group by model_name, model_version, date_trunc('week', created_at at time zone 'UTC');
comment on view score_by_week is
  'How did the score distribution move? By model_name, model_version, week (its Monday, UTC): index finding_of_week';
comment on column score_by_week.mean_percentile is '50 while images are like those that the release was calibrated on';
comment on column score_by_week.score_quantiles is 'At 5, 25, 50, 75 and 95 %';

create view refusal as
select occurred_at, kind, study_instance_uid, subject, actor, detail as reason
from audit_event
where kind in ('INSTANCE_REFUSED', 'STUDY_REFUSED', 'EVENT_REFUSED', 'SIGN_IN_REFUSED')
union all
select i.received_at, 'IMAGE_NOT_RESTORED', s.study_instance_uid, i.sop_instance_uid, null, i.outcome_reason
from instance i join study s on s.id = i.study_id
where i.outcome = 'REFUSED';
comment on view refusal is
  'What was refused, and why? By occurred_at: indexes audit_event_of_kind and instance_refused';

-- Default privileges gave the application more, and what goes through a view goes by its owner's rights.
revoke insert, update, delete on release_output, image_output, study_access, study_wait, score_by_week, refusal
  from rigatino_app;
