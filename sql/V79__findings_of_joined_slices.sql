-- What a frame was joined with is part of what was found in it. Run by rigatino_owner; builds an index over all findings.

alter table finding add column joined_with text;
comment on column finding.joined_with is
  'SOP Instance UID and frame number of the slices before and after it that its map was joined with, in their order, a comma between them; null where it was judged by itself';

do $$
begin
  execute (select format('alter table finding drop constraint %I', conname)
    from pg_constraint where conrelid = 'finding'::regclass and contype = 'u');
end $$;
alter table finding add constraint finding_once
  unique nulls not distinct (instance_id, frame_number, model_digest, configuration_digest, joined_with);
