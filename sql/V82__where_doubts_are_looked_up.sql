-- What waits to be shown anew is looked up in turn, and by the IDs of what was deleted, however much waits. Run by rigatino_owner.

create index identity_said_in_turn on identity_said (tried_at nulls first, id);
create index identity_due_in_turn on identity_due (tried_at nulls first, id);
create index identity_said_deleted on identity_said using gin (patient_ids) where patient_ids <> '{}';

comment on table patient_doubt is
  'Messages that studies, or other messages, keep from being applied to a study, or would if others led to them, until one is applied to it or the study is deleted; of a merge as long as another study is of the ID that it merges';
