-- What a destination need not take, what it takes with a warning, and what is on its way to one that is gone.

alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check
  check (state in ('PENDING', 'SENT', 'DELIVERED', 'CONFIRMED', 'DECLINED', 'CANCELLED', 'FAILED'));
comment on column delivery.state is
  'SENT waits for proof; DELIVERED is the end where the destination is set to give none (commitment=none); DECLINED was refused and is not essential; CANCELLED by a person, because the destination is gone';

alter table delivery add column essential boolean not null default true;
comment on column delivery.essential is
  'Whether the study has failed where the destination refuses the object: rigatino.deliver.destinations.NAME.essential';
alter table delivery add column warning text;
comment on column delivery.warning is 'Status of class Warning (PS3.4 B.2.3) that the last C-STORE was answered with: stored';

drop index delivery_open;
create index delivery_open on delivery (destination, state, id) where state in ('PENDING', 'SENT', 'DECLINED', 'FAILED');
