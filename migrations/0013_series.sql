-- Why: visits that repeat. A series is a thread through ordinary appointments: each keeps its own status, reminders and place.
-- Locks: none, new tables only.
create table series (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  branch_id uuid not null,
  unit text not null check (unit in ('week', 'month')),
  every smallint not null check (every between 1 and 52),
  month_by text check (month_by in ('date', 'weekday')), -- "the 22nd", or "the second Tuesday"
  version integer not null default 1,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, created_by) references staff,
  constraint series_month_rule check ((unit = 'month') = (month_by is not null))
);
create index series_by_patient on series (clinic_id, patient_id);

-- A visit belongs to one series at most, and each place in it to one visit.
create table series_visit (
  clinic_id uuid not null,
  appointment_id uuid not null,
  series_id uuid not null,
  position smallint not null check (position between 1 and 60),
  primary key (clinic_id, appointment_id),
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, series_id) references series,
  constraint series_position_once unique (clinic_id, series_id, position)
);

-- What was done to a series as a whole, with where each visit was before: what an undo brings back.
create table series_change (
  clinic_id uuid not null,
  id uuid not null,
  series_id uuid not null,
  seq integer not null check (seq > 0),
  kind text not null check (kind in ('booked', 'moved', 'cancelled', 'undone')),
  scope text not null check (scope in ('one', 'following', 'all')),
  visits jsonb not null, -- ids, versions, times and resources; no names
  undoes uuid,
  by_staff_id uuid not null,
  at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, series_id) references series,
  foreign key (clinic_id, by_staff_id) references staff,
  foreign key (clinic_id, undoes) references series_change,
  constraint series_change_in_order unique (clinic_id, series_id, seq),
  constraint series_change_undone_once unique (clinic_id, undoes),
  constraint series_change_undoes check ((kind = 'undone') = (undoes is not null))
);

call scope_table('series', 'select, insert, update', 'select');
call scope_table('series_visit', 'select, insert', 'select');
call scope_table('series_change', 'select, insert', 'select');
call append_only('series_change');
