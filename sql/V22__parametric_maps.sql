-- A destination may take how strongly each pixel departs as a Parametric Map.
alter table output drop constraint output_kind_check;
alter table output add constraint output_kind_check check (kind in ('SECONDARY_CAPTURE', 'RESTORED_IMAGE',
  'SEGMENTATION', 'PROBABILITY_MAP', 'MEASUREMENT_REPORT', 'PRESENTATION_STATE', 'TRIPTYCH',
  'MULTI_FRAME_SECONDARY_CAPTURE', 'MULTI_FRAME_TRIPTYCH', 'PARAMETRIC_MAP'));
