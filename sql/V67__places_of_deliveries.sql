-- Where an object was sent and proved to be: a destination may be changed to another archive afterwards. And which rules of the
-- house each worker follows: others, perhaps, than the process that is asked what a promotion leaves to nobody. Run by
-- rigatino_owner.

alter table delivery add column place text;
comment on column delivery.place is
  'AE title, host and port, or URL: of the archive that took the object last, and then of the one that proved to have it; of a rejection note from the start, of the only one that it is for. Null where none took it, and before schema 67';

alter table release_at_worker add column rules text;
comment on column release_at_worker.rules is
  'SHA-256 of the rules of the house that the worker follows, whose text is in house_rules; empty where it follows none, null before schema 67';
comment on column release_standing.measured is
  'Whether evaluate recorded its metrics, as any worker has told: they lie beside the release and are not in its digest, so that one may have them and another not';
