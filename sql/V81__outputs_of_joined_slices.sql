-- An output came from the slices too that the map of its own was joined with. Run by rigatino_owner.

create or replace view release_output as
select f.model_name, f.model_version, f.model_digest, f.created_at as restored_at, s.study_instance_uid, s.revision,
  i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.score, f.percentile, f.flagged,
  o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256, f.joined_with
from finding f
join instance i on i.id = f.instance_id
cross join lateral (
  select * from output where finding_id = f.id
  union all select o.* from output_finding x join output o on o.id = x.output_id where x.finding_id = f.id) o
join study s on s.id = o.study_id;
comment on column release_output.joined_with is
  'SOP Instance UID and frame number of the slices before and after it that its map was joined with; null where it was judged by itself';

-- Each output of an image once: one of its series holds it itself. Neighbours in other instances are of the same revision and series.
create or replace view image_output as
select i.sop_instance_uid as image_uid, i.sha256 as image_sha256, f.frame_number, f.model_name, f.model_version,
  f.model_digest, f.configuration_digest, o.kind, o.sop_instance_uid as output_uid, o.sha256 as output_sha256,
  o.created_at, d.destination, d.state, d.confirmed_by, d.confirmed_at, f.joined_with, f.joined
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
comment on column image_output.joined is
  'Whether it is the output of a slice beside the image, with whose map that of the image was joined';
comment on column image_output.joined_with is
  'SOP Instance UID and frame number of the slices that the map of its own was joined with; null where it was judged by itself';
comment on column image_output.frame_number is 'Of the image that was judged: of the one beside it where it is joined';
