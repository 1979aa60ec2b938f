-- Destinations that are set to give no proof, and rejections counted apart from an archive's own shortage.

alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check
  check (state in ('PENDING', 'SENT', 'DELIVERED', 'CONFIRMED', 'FAILED'));
comment on column delivery.state is
  'SENT waits for proof; DELIVERED is the end where the destination is set to give none (commitment=none)';

alter table delivery add column rejections integer not null default 0;
update delivery set rejections = attempts;
comment on column delivery.attempts is
  'Times that the destination refused the object, or proof of it; being out of reach does not count';
comment on column delivery.rejections is
  'Those of the attempts that count towards rigatino.deliver.retry.rejections: the archive''s own shortage (A7xxH) does not';
comment on column delivery.sent_at is 'When C-STORE was last answered with success; null while it is to be sent again';

alter table study drop constraint study_announced_check;
alter table study add constraint study_announced_check
  check (announced in ('RESTORED', 'DELIVERED', 'CONFIRMED', 'REFUSED', 'FAILED'));
comment on column study.ended_at is
  'When CONFIRMED, REFUSED or FAILED was reached, or DELIVERED with no proof to come';
drop index study_unannounced;
create index study_unannounced on study (id)
  where state in ('DELIVERING', 'DELIVERED') and announced is null
     or (state in ('CONFIRMED', 'REFUSED', 'FAILED') or state = 'DELIVERED' and ended_at is not null)
        and announced is distinct from state;

drop index study_with_instances;
drop index study_with_outputs;
create index study_with_instances on study (ended_at)
  where instances_deleted_at is null and state in ('DELIVERED', 'CONFIRMED', 'REFUSED');
create index study_with_outputs on study (ended_at)
  where outputs_deleted_at is null and state in ('DELIVERED', 'CONFIRMED', 'REFUSED');
