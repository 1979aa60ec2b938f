-- What the metrics ask for every 15 s, whatever the number of studies on record.
create index study_under_way on study (state)
  where state not in ('CONFIRMED', 'REFUSED') and not (state = 'DELIVERED' and ended_at is not null);
create index delivery_open on delivery (destination, state, id) where state in ('PENDING', 'SENT', 'FAILED');
