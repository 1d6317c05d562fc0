-- Why: the day's flow (a patient is called in; a screen in the waiting room says so without names), promises with a time,
-- and shifts that hand over to each other.
-- Locks: appointment, for as long as its rows are looked through once for the wider check; everything else is new.
alter table appointment drop constraint appointment_status_check;
alter table appointment add constraint appointment_status_check
  check (status in ('held', 'booked', 'confirmed', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show'));

-- How the waiting room of a branch is run. A branch without a row goes by the defaults.
create table flow_setting (
  clinic_id uuid not null,
  branch_id uuid not null,
  waiting_minutes smallint not null default 20 check (waiting_minutes between 5 and 180), -- from then on a wait is too long
  late_minutes smallint not null default 10 check (late_minutes between 1 and 120), -- from then on who has not come is late
  screen_names text not null default 'number' check (screen_names in ('number', 'initials', 'first_name')),
  version integer not null default 1,
  primary key (clinic_id, branch_id),
  foreign key (clinic_id, branch_id) references branch on delete cascade
);

-- The number by which a patient is called on a screen that shows no names: 1, 2, 3 … each day in each branch.
create table ticket_counter (
  clinic_id uuid not null,
  branch_id uuid not null,
  on_date date not null,
  last_number integer not null check (last_number > 0),
  primary key (clinic_id, branch_id, on_date),
  foreign key (clinic_id, branch_id) references branch on delete cascade
);
create table ticket (
  clinic_id uuid not null,
  appointment_id uuid not null,
  branch_id uuid not null,
  on_date date not null,
  number integer not null check (number > 0),
  primary key (clinic_id, appointment_id, on_date),
  foreign key (clinic_id, appointment_id) references appointment,
  constraint ticket_number_once unique (clinic_id, branch_id, on_date, number)
);

-- A screen on a wall: whoever holds its secret sees what it shows and nothing else.
create table waiting_screen (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  language text not null check (language in ('he', 'en')),
  theme text not null check (theme in ('light', 'dark')),
  chime boolean not null default false,
  hash bytea not null, -- of the secret, which is shown once
  created_by uuid,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch
);
create unique index waiting_screen_by_hash on waiting_screen (hash);

-- What somebody promised or was asked to do, by when and by whom. The words are the desk's, not clinical.
create table task (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  patient_id uuid,
  words text not null check (length(words) between 1 and 500),
  due_at timestamptz not null,
  assignee_id uuid, -- a person …
  assignee_role text check (assignee_role in ('owner', 'receptionist', 'doctor', 'hygienist', 'assistant')), -- … or whoever holds this role
  status text not null default 'open' check (status in ('open', 'kept', 'broken')),
  outcome text not null default '' check (length(outcome) <= 300),
  closed_at timestamptz,
  closed_by uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, assignee_id) references staff,
  foreign key (clinic_id, closed_by) references staff,
  foreign key (clinic_id, created_by) references staff,
  constraint task_for_one check ((assignee_id is null) <> (assignee_role is null)),
  constraint task_closed_whole check ((status = 'open') = (closed_at is null))
);
create index task_open on task (clinic_id, branch_id, due_at, id) where status = 'open';
create index task_closed on task (clinic_id, branch_id, closed_at desc, id) where status <> 'open';
create index task_by_patient on task (clinic_id, patient_id, due_at desc) where patient_id is not null;

-- What one shift tells the next, in passing. Never changed, so that nobody has to remember who said what.
create table shift_note (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  words text not null check (length(words) between 1 and 2000),
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, written_by) references staff
);
create index shift_note_by_branch on shift_note (clinic_id, branch_id, written_at desc, id);

-- One shift gives the desk to the next, and the next says that it has read and taken over.
create table handover (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  words text not null check (length(words) between 1 and 4000),
  open_counts jsonb not null, -- what was open at that moment, in numbers
  status text not null default 'waiting' check (status in ('waiting', 'taken', 'withdrawn')),
  given_by uuid not null,
  given_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, given_by) references staff,
  foreign key (clinic_id, ended_by) references staff,
  constraint handover_ended_whole check ((status = 'waiting') = (ended_at is null) and (ended_at is null) = (ended_by is null)),
  constraint handover_taken_by_another check (status <> 'taken' or ended_by <> given_by)
);
create unique index handover_one_waiting on handover (clinic_id, branch_id) where status = 'waiting';
create index handover_by_branch on handover (clinic_id, branch_id, given_at desc, id);

call scope_table('flow_setting', 'select, insert, update', '');
call scope_table('ticket_counter', 'select, insert, update', '');
call scope_table('ticket', 'select, insert', '');
call append_only('ticket');
call scope_table('waiting_screen', 'select, insert, update', '');
call scope_table('task', 'select, insert, update', '');
call scope_table('shift_note', 'select, insert', '');
call append_only('shift_note');
call scope_table('handover', 'select, insert, update', '');

-- A screen knows its secret and nothing else: the clinic is found by it.
create function is_showing_screen() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'screen';
create policy screen on waiting_screen for select to yoman_api using (is_showing_screen());
