-- The application takes ids of findings, outputs and deliveries by the block, so that the rows of a study with thousands
-- of images go to the database many at a time. Sequences of their own: those of identity columns are hidden.

alter table finding alter id drop identity;
create sequence finding_id_seq increment by 50 owned by finding.id;
alter table finding alter id set default nextval('finding_id_seq');
select setval('finding_id_seq', max(id)) from finding having max(id) is not null;

alter table output alter id drop identity;
create sequence output_id_seq increment by 50 owned by output.id;
alter table output alter id set default nextval('output_id_seq');
select setval('output_id_seq', max(id)) from output having max(id) is not null;

alter table delivery alter id drop identity;
create sequence delivery_id_seq increment by 50 owned by delivery.id;
alter table delivery alter id set default nextval('delivery_id_seq');
select setval('delivery_id_seq', max(id)) from delivery having max(id) is not null;
