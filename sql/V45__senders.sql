-- Senders that administrators added to the listener's lists of AE titles and addresses. Run by rigatino_owner.

create table sender (
  kind     text not null check (kind in ('AE_TITLE', 'ADDRESS')),
  value    text not null check (length(value) between 1 and 64),
  added_by text not null,
  added_at timestamptz not null,
  primary key (kind, value)
);
comment on table sender is
  'More Calling AE Titles and addresses of machines, each beside a list that the configuration of the listener has';

-- What default privileges gave is taken back.
revoke all on sender from rigatino_app;
grant select, insert, delete on sender to rigatino_app;
