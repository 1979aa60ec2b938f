-- What could not be restored is never taken for judged: its study stands as unjudged, unless it is HIGH. What was taken in before
-- stands there from now on, and brings no acknowledged study back. Its wait begins now: what may wait longer as LOW would be escalated
-- at once, before all that is HIGH.

update worklist_entry set priority = 'UNJUDGED', version = version + 1,
    waiting_since = case when state = 'OPEN' then now() else waiting_since end
  where images_failed > 0 and priority in ('MEDIUM', 'LOW');

update study s set listed_as = listed_as || array['has images that could not be restored']
  where s.listed_outcome_at is not null and s.superseded_at is null and s.state not in ('CONFIRMED', 'REFUSED')
    and exists (select from instance i where i.study_id = s.id and i.outcome = 'FAILED');
