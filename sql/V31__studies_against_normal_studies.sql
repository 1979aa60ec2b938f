-- What a study is among the normal studies of the release that judged it, and where its slices lie.

alter table finding
  add column normal_x       double precision,
  add column normal_y       double precision,
  add column normal_z       double precision,
  add column slice_position double precision,
  add column marked_area    double precision check (marked_area >= 0);
comment on column finding.normal_x is 'Of the slice''s unit normal, LPS; 0, 0, 0 where slices are numbered; null for a projection';
comment on column finding.slice_position is 'In mm along the normal, or the slice''s number; null for a projection';
comment on column finding.marked_area is 'Of what is marked, in mm2; null where the size of pixels is not known';

alter table study
  add column p_value          double precision check (p_value > 0 and p_value <= 1),
  add column normal_studies   integer check (normal_studies >= 1),
  add column beyond           double precision check (beyond >= 0),
  add column false_alarms     double precision check (false_alarms > 0 and false_alarms < 1),
  add column study_score      double precision,
  add column millilitres      double precision check (millilitres >= 0),
  add column deciding_series  text,
  add column deciding_model   text,
  add column deciding_digest  text,
  add check ((p_value is null) = (normal_studies is null)),
  add check ((p_value is null) = (beyond is null)),
  add check ((p_value is null) = (false_alarms is null));
comment on column study.p_value is
  '(1 + normal studies that score as high) / (normal_studies + 1); null where a release without normal studies judged it';
comment on column study.beyond is 'How far beyond the last normal study, in its distance from the middle one';
comment on column study.false_alarms is 'Share of normal studies that might be flagged when the study was judged';
comment on column study.millilitres is 'Of what is marked in the series that decided';
comment on column study.deciding_model is 'NAME/VERSION of the release';

alter table worklist_entry
  add column deciding_id bigint references study,
  add column beyond      double precision not null default 0;
comment on column worklist_entry.deciding_id is 'The revision that is furthest beyond the normal studies; null where none was set against any';
comment on column worklist_entry.beyond is 'Of that revision: order among studies of one place';
drop index worklist_open;
create index worklist_open on worklist_entry (place, beyond desc, waiting_since, study_instance_uid)
  where state = 'OPEN';

-- What was flagged of late, release by release.
create index study_against_normals on study (restored_at) where p_value is not null;
