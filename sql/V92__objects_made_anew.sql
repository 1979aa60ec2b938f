-- A replay for a lost file may make its objects under other UIDs, as another version does. Run by rigatino_owner.

alter table output add column replaced_at timestamptz;
comment on column output.replaced_at is
  'When a replay made other objects in its place, of the same findings: it is not sent any more; null where it was the last made of them';
