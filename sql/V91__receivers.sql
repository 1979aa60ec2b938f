-- Since when each webhook and HL7 receiver is told outcomes, so that a broker that does not know its place takes none from it.
-- Run by rigatino_owner.

create table receiver (
  kind                 text not null,
  name                 text not null,
  since                timestamptz not null,
  primary key (kind, name)
);
comment on table receiver is 'Receivers of outcomes, of the configuration, since the first start with each';
-- What default privileges gave is taken back: a place is never moved.
revoke all on receiver from rigatino_app;
grant select, insert on receiver to rigatino_app;
