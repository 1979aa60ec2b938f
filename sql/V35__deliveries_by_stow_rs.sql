-- What a DICOMweb service took by STOW-RS is proved by QIDO-RS (PS3.18 10.6).

alter table delivery drop constraint delivery_confirmed_by_check;
alter table delivery add constraint delivery_confirmed_by_check
  check (confirmed_by in ('STORAGE_COMMITMENT', 'QUERY', 'QIDO_RS'));
comment on column delivery.confirmed_by is 'QUERY is a C-FIND that named the object';
comment on column delivery.warning is
  'Status of class Warning (PS3.4 B.2.3) that the last C-STORE was answered with, or Warning Reason (0008,1196) of STOW-RS: stored';
