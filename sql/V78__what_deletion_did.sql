-- What deletion did to what images say stands in one mark, which no message that is being recorded can miss; what fails to be shown anew
-- waits behind what has not; and deliveries that were given up are counted. Run by rigatino_owner.

create or replace function mark_identity_deleted() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.identity_said (study_instance_uid, patient_ids)
  select study_instance_uid, array_agg(distinct patient_id) from changed where patient_id <> '' group by study_instance_uid;
  return null;
end $$;
comment on function mark_identity_deleted is
  'Unconditional: no message that is being recorded can be seen. IDs that no message has go with the mark, the others to identity_gone';
comment on column identity_said.patient_ids is
  'Of statements that were deleted; of others they stand in identity_statement';

drop trigger identity_statement_gone on identity_statement;
drop function keep_identity_gone();
comment on table identity_gone is
  'Patient IDs of identity_statement of which some was deleted, as long as a patient_message has them: not all is known of them any more, and no doubt ends by itself. Written by whoever takes the mark of it in identity_said, which tells so until then';

-- Of before schema 76, whose doubts it took from the trail: which IDs were deleted since the message came stands nowhere, so that it may be each.
insert into identity_gone (patient_id)
select distinct named.id from patient_doubt d join patient_message m on m.id = d.message,
  lateral (values (m.patient_id), (m.prior_id)) named (id)
where named.id <> ''
  and exists (select from study_identity i where i.state = 'DELETED' and i.changed_at > m.received_at)
order by named.id on conflict do nothing;

-- A merge that is said again is looked for among those in doubt of other studies, too.
create index patient_doubt_message on patient_doubt (message);

alter table identity_said add column tried_at timestamptz;
alter table identity_due add column tried_at timestamptz;
comment on column identity_said.tried_at is 'When it was taken last and failed; null where it did not. Then it comes behind the others, a minute later';
comment on column identity_due.tried_at is 'As of identity_said';
grant update (tried_at) on identity_said, identity_due to rigatino_app;

-- However many marks bear on a study it is shown anew once; each message has a row of its own, by which the trail tells what became of it.
delete from identity_due d using identity_due o
where d.messages = '{}' and o.messages = '{}' and o.study_instance_uid = d.study_instance_uid and o.id < d.id;
create unique index identity_due_of_marks on identity_due (study_instance_uid) where messages = '{}';

-- What is sent again where somebody says so.
create index delivery_given_up on delivery (destination, id) where state in ('DECLINED', 'CANCELLED');
