-- Which studies are taken up first, by the rules of the house. Run by rigatino_owner.

alter table study add column urgency smallint check (urgency between -1 and 2);
comment on column study.urgency is
  'By the rules of the house when its instances came, the most urgent of them: 2 STAT, 1 HIGH, 0 ROUTINE, -1 LOW; null where there were no rules';

create index study_waiting on study (coalesce(urgency, 0::smallint) desc, ready_at, id)
  where state = 'READY' and published_at is not null;
