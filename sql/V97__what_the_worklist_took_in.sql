-- A revision may be taken in more than once: delivered, failed and replayed. What of it was told already brings no study back.

alter table study add column listed_as text[] not null default '{}';
comment on column study.listed_as is
  'What the worklist took in last of the revision that is to be looked at: that it is HIGH, has images refused as unlike, or how it failed';

-- What has its last outcome is not taken in again.
update study s set listed_as = array_remove(array[
    case when s.state = 'FAILED' then 'failed at ' || s.failed_stage end,
    case when s.priority = 'HIGH' then 'is HIGH too' end,
    case when exists (select from instance i where i.study_id = s.id
        and (i.outcome = 'REFUSED' and 'unlike' = any(string_to_array(i.outcome_reason, ', '))
          or i.outcome in ('REFUSED', 'RESTORED', 'FAILED')
          and i.outcome_detail ~ '(^|; )frames* [0-9, -]+: unlike(:|;|$)')) then 'has images refused as unlike' end
  ], null)
  where s.listed_outcome_at is not null and s.superseded_at is null and s.state not in ('CONFIRMED', 'REFUSED');
