-- A revision that comes after the files of the earlier ones were deleted is held against them by this.
alter table study add column patient text;
comment on column study.patient is
  'Digest of the Study Instance UID and the attributes that name the patient; mixed where instances differed in them';
