-- Which releases serve and which are in shadow, and what those in shadow made of the studies that others judged. What a
-- shadow says is in tables of its own, which no worklist, event or delivery reads. Run by rigatino_owner.

create table release_standing (
  model_digest  text primary key,
  model_name    text not null,
  model_version text not null,
  eligibility   text not null,
  standing      text not null check (standing in ('SERVING', 'SHADOW')),
  since         timestamptz not null,
  changed_by    text,
  took_place_of text not null default ''
);
comment on table release_standing is 'Releases that a worker has seen, and which of them serve; read whenever a study is taken on';
comment on column release_standing.eligibility is 'Of release.json, so that images of a release whose files are gone are known';
comment on column release_standing.changed_by is 'Who promoted it or took it back; null where a worker saw it first';
comment on column release_standing.took_place_of is 'Digests of the releases that its promotion put into shadow, for going back';

create table release_at_worker (
  worker       text not null,
  host         text not null,
  model_digest text not null references release_standing,
  seen_at      timestamptz not null,
  problem      text,
  resident_bytes bigint,
  primary key (worker, model_digest)
);
comment on table release_at_worker is 'What each worker process has on its disk, told by itself every few seconds; kept for a day';
comment on column release_at_worker.problem is 'Why it cannot be opened there; null where nothing is known against it';
comment on column release_at_worker.resident_bytes is 'By which the process grew when it opened the release; null where it has not, or nobody can tell';

create table release_run (
  id              bigint generated always as identity primary key,
  study_id        bigint not null references study,
  model_digest    text not null references release_standing,
  standing        text not null check (standing in ('SERVING', 'SHADOW')),
  state           text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
  cause           text,
  worker          text not null,
  started_at      timestamptz not null,
  ended_at        timestamptz,
  images          integer not null default 0,
  images_refused  integer not null default 0,
  images_failed   integer not null default 0,
  drawing_seconds double precision not null default 0,
  work_seconds    double precision,
  percentile      double precision check (percentile between 0 and 100),
  priority        text check (priority in ('HIGH', 'MEDIUM', 'LOW')),
  p_value         double precision,
  unique (study_id, model_digest, standing),
  check ((state = 'FAILED') = (cause is not null))
);
comment on table release_run is 'What a release cost on a study; of a shadow also what it made of it, in silence';
comment on column release_run.drawing_seconds is 'Within the network, of all images together';
comment on column release_run.work_seconds is 'Of a shadow: reading, drawing and judging, without waiting for studies; null where it serves';
create index release_run_of_release on release_run (model_digest, id);
create index release_run_running on release_run (started_at) where state = 'RUNNING';

create table shadow_finding (
  run_id       bigint not null references release_run,
  instance_id  bigint not null references instance,
  frame_number integer not null check (frame_number >= 1),
  score        double precision not null,
  percentile   double precision not null check (percentile between 0 and 100),
  flagged      boolean not null,
  primary key (run_id, instance_id, frame_number)
);
comment on table shadow_finding is 'What a release in shadow says of a frame: nobody is shown it but on the page of the release';

-- What default privileges gave is taken back.
revoke all on release_standing, release_at_worker, release_run, shadow_finding from rigatino_app;
grant select, insert on release_standing, release_run, shadow_finding to rigatino_app;
grant update (standing, since, changed_by, took_place_of) on release_standing to rigatino_app;
grant update (state, cause, ended_at, images, images_refused, images_failed, drawing_seconds, work_seconds, percentile,
              priority, p_value) on release_run to rigatino_app;
grant select, insert, update, delete on release_at_worker to rigatino_app;
