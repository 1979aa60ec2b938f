-- A study whose worker dies of it is taken on again by the next, which would die too.

alter table study add column unended_claims integer not null default 0;

comment on column study.unended_claims is
  'How many times in a row a worker took the revision on and neither ended nor gave it back; one of them is at it now where it is RESTORING';
