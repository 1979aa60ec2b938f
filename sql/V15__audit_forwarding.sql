-- How far the trail has been sent to each syslog receiver (PS3.15 A.6).
create table audit_forwarding (
  receiver             text primary key,
  last_id              bigint not null
);
comment on table audit_forwarding is 'A receiver is HOST:PORT; what comes behind last_id in audit_event is still to be sent';
