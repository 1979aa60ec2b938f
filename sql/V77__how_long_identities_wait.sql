-- Since when studies wait to be shown anew, so that one that never is can be told. Run by rigatino_owner.

alter table identity_said add column marked_at timestamptz not null default now();
comment on column identity_said.marked_at is 'When the transaction began that left the mark; of before schema 77, when that came';

alter table identity_due add column due_at timestamptz not null default now();
comment on column identity_due.due_at is 'When the transaction began that made it due; of before schema 77, when that came';
comment on table identity_due is
  'Studies of messages that are of more than one transaction shows anew, and those that a mark of identity_said bears on; by the hundred, a second or two';
comment on column identity_due.messages is
  'Of patient_message: those that came in one and count, or the one that was taken back or let in; none where a mark is the cause';

comment on function mark_identity_deleted is
  'Keeps no ID that goes. A message that is being recorded locks its first studies; who finds another of its studies deleted looks anew at what it bears on';
