-- Whether a release joins slices and has a reader, so that a promotion can say what is lost. Run by rigatino_owner.

alter table release_standing
  add column joins_slices boolean not null default false,
  add column reads        boolean not null default false;
comment on column release_standing.joins_slices is 'Whether it joins the map of a slice with those beside it; false of before schema 80, when none did';
comment on column release_standing.reads is 'Whether it has a reader behind its drawing; false of before schema 80, when none had';
grant update (joins_slices, reads) on release_standing to rigatino_app;
