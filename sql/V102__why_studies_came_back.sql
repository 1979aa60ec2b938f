-- Codes in the place of English phrases, which were compared by equality: a word that was put otherwise would have brought studies back
-- that somebody had seen to.

create function news_of_revision(phrase text) returns text language sql immutable as $$
  select case
    when phrase ~ '^raised it from [A-Z]+ to [A-Z]+$' then regexp_replace(phrase, '^raised it from (\w+) to (\w+)$', 'RAISED \1 \2')
    when phrase = 'is HIGH too' then 'HIGH'
    when phrase = 'has images refused as unlike' then 'UNLIKE'
    when phrase = 'has images that could not be restored' then 'UNREAD'
    when phrase ~ '^was refused by .' then regexp_replace(phrase, '^was refused by ', 'REFUSED ')
    when phrase ~ '^failed at .' then regexp_replace(phrase, '^failed at ', 'FAILED ')
  end
$$;

update study set listed_as = array(
    select coalesce(news_of_revision(phrase), phrase) from unnest(listed_as) with ordinality told (phrase, n) order by n)
  where listed_as <> '{}';
comment on column study.listed_as is
  'What the worklist took in last of the revision that is to be looked at, as codes: HIGH, UNLIKE, UNREAD, FAILED and its stage, REFUSED and its rule';

alter table worklist_entry
  add column reopened_as text check (reopened_as in
    ('RAISED', 'HIGH', 'UNLIKE', 'UNREAD', 'REFUSED', 'FAILED', 'BY_HAND', 'ESCALATED', 'OTHER')),
  add column reopened_detail text,
  add column reopened_revision integer,
  add column reopened_by text,
  add column reopened_after text;
comment on column worklist_entry.reopened_as is 'Why an acknowledged study is open again; null where it is not';
comment on column worklist_entry.reopened_detail is
  'The stage of FAILED, the rule of REFUSED, both priorities of RAISED, the words of an earlier version of OTHER';
comment on column worklist_entry.reopened_revision is 'That brought it back; null where a person did';
comment on column worklist_entry.reopened_by is 'The person who opened it again';
comment on column worklist_entry.reopened_after is 'Who had acknowledged it';

update worklist_entry e set
    reopened_as = split_part(told.news, ' ', 1),
    reopened_detail = nullif(substr(told.news, strpos(told.news || ' ', ' ') + 1), ''),
    reopened_revision = told.phrase[1]::integer,
    reopened_after = told.phrase[3]
  from (
    select study_instance_uid, phrase, news_of_revision(phrase[2]) as news
      from (select study_instance_uid,
              regexp_match(reopened_because, '^revision (\d{1,9}) ((?:(?!, after ).)+), after (.+) had acknowledged it$') as phrase
            from worklist_entry) matched) told
  where told.study_instance_uid = e.study_instance_uid and told.news is not null;

update worklist_entry e set reopened_as = 'BY_HAND', reopened_by = told.phrase[1], reopened_after = told.phrase[2]
  from (select study_instance_uid,
          regexp_match(reopened_because, '^opened again by ((?:(?!, after ).)+), after (.+) had acknowledged it$') as phrase
        from worklist_entry) told
  where told.study_instance_uid = e.study_instance_uid and told.phrase is not null;

update worklist_entry set reopened_as = 'ESCALATED',
    reopened_after = regexp_replace(reopened_because, '^escalated after it was acknowledged by ', '')
  where reopened_because ~ '^escalated after it was acknowledged by .';

update worklist_entry set reopened_as = 'OTHER', reopened_detail = reopened_because
  where reopened_because is not null and reopened_as is null;

-- Not dropped yet: processes of the version before go on beside this one while an installation is upgraded.
comment on column worklist_entry.reopened_because is 'Of version 0.1.0, whose processes read it; this one neither reads nor writes it';
drop function news_of_revision(text);
