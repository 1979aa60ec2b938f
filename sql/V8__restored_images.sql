-- Of each frame an overlay and a restored image.
alter table output drop constraint output_kind_check;
alter table output add constraint output_kind_check check (kind in ('SECONDARY_CAPTURE', 'RESTORED_IMAGE'));
create index output_of_finding on output (finding_id);
