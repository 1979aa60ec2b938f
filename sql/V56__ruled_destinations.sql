-- Where the rules of the house let a study go. Run by rigatino_owner.

alter table study add column ruled_destinations jsonb;
comment on column study.ruled_destinations is
  'Kinds of objects by destination that the rules of the house let have them, as its objects were sent: others get nothing that is made of it later; null where no rule said anything';
