-- Key objects as a kind of output; Modality Performed Procedure Steps that tell which images of a study to expect.

alter table output drop constraint output_kind_check;
alter table output add constraint output_kind_check check (kind in ('SECONDARY_CAPTURE', 'RESTORED_IMAGE',
  'SEGMENTATION', 'PROBABILITY_MAP', 'MEASUREMENT_REPORT', 'PRESENTATION_STATE', 'TRIPTYCH',
  'MULTI_FRAME_SECONDARY_CAPTURE', 'MULTI_FRAME_TRIPTYCH', 'PARAMETRIC_MAP', 'KEY_OBJECT_SELECTION'));

alter table study drop constraint study_completed_by_check;
alter table study add constraint study_completed_by_check
  check (completed_by in ('QUIET_PERIOD', 'EXPECTED_COUNT', 'ANNOUNCEMENT', 'PERFORMED_STEP'));

create table performed_step (
  sop_instance_uid     text primary key,
  calling_ae_title     text not null,
  state                text not null check (state in ('IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  study_instance_uids  text[] not null,
  patient              text,
  image_uids           text[] not null default '{}',
  images               integer not null default 0,
  names_all            boolean not null default false,
  changed_at           timestamptz not null
);
comment on table performed_step is
  'Modality Performed Procedure Steps (PS3.4 F.7) as modalities tell them, forgotten after a week without a change';
comment on column performed_step.calling_ae_title is 'Of who created it';
comment on column performed_step.patient is 'Its Patient ID as a name from which that cannot be read; null where it is empty';
comment on column performed_step.image_uids is 'Of Referenced Image Sequence (0008,1140) of all its series';
comment on column performed_step.images is 'Their number';
comment on column performed_step.names_all is 'Whether it has series, and each names the objects that it consists of';
create index performed_step_study on performed_step using gin (study_instance_uids);
create index performed_step_age on performed_step (changed_at);
