-- Why: what happened, who did it, from where; written with the change itself, used as the audit trail and by the worker.
-- Locks: none, new tables only.
create table event (
  clinic_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null, -- the business clock
  recorded_at timestamptz not null default clock_timestamp(), -- the machine's clock
  name text not null,
  actor_kind text not null check (actor_kind in ('staff', 'system', 'anonymous')),
  actor_id uuid,
  session_id uuid,
  request_id text,
  ip inet,
  subject_type text not null,
  subject_id uuid not null,
  patient_id uuid,
  branch_id uuid,
  outcome text not null default 'done' check (outcome in ('done', 'refused')),
  details jsonb not null default '{}',
  primary key (clinic_id, id)
);
create index event_by_subject on event (clinic_id, subject_id, seq desc);
create index event_by_patient on event (clinic_id, patient_id, seq desc) where patient_id is not null;
create index event_by_time on event (clinic_id, seq desc);

create table outbox (
  clinic_id uuid not null,
  event_id uuid not null,
  name text not null,
  subject_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  taken_until timestamptz, -- a relay holds it, by the machine's clock; no transaction is open while it talks to the queue
  primary key (clinic_id, event_id),
  foreign key (clinic_id, event_id) references event
);
create index outbox_in_order on outbox (created_at);

call scope_table('event', 'select, insert', 'select, insert');
call append_only('event');
call scope_table('outbox', 'insert', 'select, insert, update, delete');
-- The relay claims rows of all clinics with one statement.
create policy worker_relays on outbox to yoman_worker using (true) with check (true);
