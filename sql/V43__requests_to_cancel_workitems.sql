-- Requests of others to cancel what is in progress. Run by rigatino_owner.

alter table workitem add column cancel_requested_at timestamptz;
comment on column workitem.cancel_requested_at is 'When the service told that another asks to cancel it; honoured while its input is not here';
grant select (cancel_requested_at) on workitem to rigatino_auditor;
