-- Objects besides overlays: one of a frame more, and those that hold a whole series.
alter table output drop constraint output_kind_check;
alter table output add constraint output_kind_check check (kind in ('SECONDARY_CAPTURE', 'RESTORED_IMAGE',
  'SEGMENTATION', 'PROBABILITY_MAP', 'MEASUREMENT_REPORT', 'PRESENTATION_STATE'));
alter table output alter finding_id drop not null;
alter table output add check (finding_id is not null or kind <> 'RESTORED_IMAGE');
comment on column output.finding_id is 'Of the frame that it shows; null where it is of several, see output_finding';
drop index output_of_finding;
create index output_of_finding on output (finding_id) where finding_id is not null;

create table output_finding (
  output_id            bigint not null references output,
  finding_id           bigint not null references finding,
  primary key (output_id, finding_id)
);
comment on table output_finding is 'Findings of an object that holds a whole series';
create index output_finding_of_finding on output_finding (finding_id);

-- Lateral, so that each finding is looked up by its index.
create or replace view release_output as
select f.model_name, f.model_version, f.model_digest, f.created_at as restored_at, s.study_instance_uid, s.revision,
  i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.score, f.percentile, f.flagged,
  o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256
from finding f
join instance i on i.id = f.instance_id
cross join lateral (
  select * from output where finding_id = f.id
  union all select o.* from output_finding x join output o on o.id = x.output_id where x.finding_id = f.id) o
join study s on s.id = o.study_id;

create or replace view image_output as
select i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.model_name, f.model_version,
  f.model_digest, f.configuration_digest, o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256,
  o.created_at, d.destination, d.state, d.confirmed_by, d.confirmed_at
from instance i
join finding f on f.instance_id = i.id
cross join lateral (
  select * from output where finding_id = f.id
  union all select o.* from output_finding x join output o on o.id = x.output_id where x.finding_id = f.id) o
left join delivery d on d.output_id = o.id;
