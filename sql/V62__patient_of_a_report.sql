-- Whose name and sex a report of a radiologist bears, and who reported. Run by rigatino_owner.

alter table report
  add column patient_name text not null default '',
  add column name_words   text[] not null default '{}',
  add column patient_sex  text not null default '',
  add column interpreter  text not null default '';
comment on column report.patient_name is 'PID-5 as VR PN; empty where the message does not say, and of what came before schema 62';
comment on column report.name_words is 'Words of family and given name, as name_words() has those of a study';
comment on column report.patient_sex is 'PID-8 as VR CS; empty where it is not said';
comment on column report.interpreter is 'Who reported, as VR PN: OBR-32, else OBX-16; empty where it is not said';

alter table study_identity add column former_sexes text[] not null default '{}';
comment on column study_identity.former_sexes is 'What its images say, where something else is shown';

create function name_words(words tsvector) returns text[] language sql immutable
set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(regexp_replace(substr(word, 3), '([aou])e', '\1', 'g')), '{}')
  from unnest(tsvector_to_array(words)) word where starts_with(word, 'n:')
$$;
comment on function name_words is 'Words of study_identity.words that are of names, so that MUELLER and Müller are the same';

create or replace view report_proof as
select id as report_id, received_at,
  encode(sha256(salt || convert_to(concat_ws(chr(31), status, accession_number, array_to_string(patient_ids, chr(30)),
    array_to_string(issuers, chr(30)), birth_date, content,
    case when patient_name || patient_sex || interpreter <> ''
      then concat_ws(chr(31), patient_name, patient_sex, interpreter) end), 'UTF8')), 'hex') as sha256
from report;

revoke all on function name_words(tsvector) from public;
grant execute on function name_words(tsvector) to rigatino_app;
