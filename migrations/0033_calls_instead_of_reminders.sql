-- Why: each visit of tomorrow ends the day in a named state. Whom no message reached is called; what came of the call is a row of
-- the start it speaks of, so that a moved visit is asked about anew. Nothing is deleted: a call that was noted by mistake is taken back.
-- Locks: none, a new table only.
create table reminder_call (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  appointment_starts_at timestamptz not null,
  outcome text not null check (outcome in ('reached', 'left_word', 'no_answer', 'excused')),
  reason text not null default '' check (length(reason) <= 300), -- why nobody needs to call
  made_by uuid not null,
  made_at timestamptz not null,
  taken_back_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, made_by) references staff,
  constraint reminder_call_excuse_has_reason check ((outcome = 'excused') = (reason <> ''))
);
create index reminder_call_by_visit on reminder_call (clinic_id, appointment_id, made_at);

call scope_table('reminder_call', 'select, insert, update', 'select');
