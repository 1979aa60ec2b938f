-- Rules of the house that a process followed, each text once, so that the digest in the trail says what was in force. They
-- name senders, stations and releases of the site, and no patient. Run by rigatino_owner.

create table house_rules (
  sha256            text primary key,
  text              bytea not null check (octet_length(text) <= 1048576 and encode(sha256(text), 'hex') = sha256),
  first_followed_at timestamptz not null default now()
);
comment on table house_rules is 'Files of rules of the house that a process followed, by the SHA-256 that RULES_FOLLOWED tells';
comment on column house_rules.text is 'The bytes of the file, YAML';

-- What default privileges gave is taken back.
revoke all on house_rules from rigatino_app;
grant select, insert on house_rules to rigatino_app;
