-- Why: what was done, in words that never change once written, and what comes next.
-- Locks: none, new tables only.
create table encounter (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  appointment_id uuid,
  practitioner_id uuid not null,
  branch_id uuid not null,
  status text not null default 'draft' check (status in ('draft', 'signed')),
  started_at timestamptz not null,
  signed_at timestamptz,
  signed_by uuid,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, practitioner_id) references practitioner,
  foreign key (clinic_id, branch_id) references branch,
  constraint encounter_one_per_appointment unique (clinic_id, appointment_id),
  constraint encounter_signed_whole check ((status = 'signed') = (signed_at is not null))
);
create index encounter_by_patient on encounter (clinic_id, patient_id, started_at desc);

-- Every autosave, signature and amendment is a version of its own: no word is ever lost.
create table note_version (
  clinic_id uuid not null,
  id uuid not null,
  encounter_id uuid not null,
  seq integer not null check (seq > 0),
  kind text not null check (kind in ('draft', 'signed', 'amendment')),
  body_sealed bytea not null, -- encrypted by the application
  reason text not null default '' check (length(reason) <= 500),
  author_id uuid not null,
  written_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, encounter_id) references encounter,
  foreign key (clinic_id, author_id) references staff,
  constraint note_version_in_order unique (clinic_id, encounter_id, seq),
  constraint amendment_has_reason check (kind <> 'amendment' or reason <> '')
);

create table procedure_done (
  clinic_id uuid not null,
  id uuid not null,
  encounter_id uuid not null,
  price_item_id uuid not null,
  description text not null check (length(description) between 1 and 200),
  tooth text check (tooth ~ '^[1-8][1-8]$'), -- ISO 3950
  quantity integer not null default 1 check (quantity between 1 and 99),
  unit_price_agorot bigint not null check (unit_price_agorot between 0 and 100000000),
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, encounter_id) references encounter,
  foreign key (clinic_id, price_item_id) references price_item
);
create index procedure_done_by_encounter on procedure_done (clinic_id, encounter_id);

-- What the doctor wants next. Open until the desk has booked it: the promise survives everyone's holiday.
create table next_visit_order (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  encounter_id uuid,
  branch_id uuid not null,
  ordered_by uuid not null,
  status text not null default 'open' check (status in ('open', 'booked', 'cancelled')),
  from_date date not null,
  to_date date not null,
  note_to_desk text not null default '' check (length(note_to_desk) <= 500),
  cancel_reason text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, encounter_id) references encounter,
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, ordered_by) references staff,
  constraint next_visit_order_window check (to_date >= from_date)
);
create index next_visit_order_open on next_visit_order (clinic_id, branch_id, from_date) where status = 'open';
create index next_visit_order_by_patient on next_visit_order (clinic_id, patient_id);

-- The visits of an order in their sequence: the doctor, then the hygienist the same day or some days later.
create table next_visit_step (
  clinic_id uuid not null,
  order_id uuid not null,
  step smallint not null check (step between 1 and 5),
  visit_type_id uuid not null,
  practitioner_id uuid, -- null: whoever does this kind of visit
  duration_minutes integer not null check (duration_minutes between 5 and 720),
  min_gap_days integer not null default 0 check (min_gap_days between 0 and 730), -- after the step before; 0 is the same day
  max_gap_days integer not null default 0 check (max_gap_days between 0 and 730),
  appointment_id uuid,
  primary key (clinic_id, order_id, step),
  foreign key (clinic_id, order_id) references next_visit_order on delete cascade,
  foreign key (clinic_id, visit_type_id) references visit_type,
  foreign key (clinic_id, practitioner_id) references practitioner,
  foreign key (clinic_id, appointment_id) references appointment,
  constraint next_visit_step_gap check (max_gap_days >= min_gap_days)
);
create index next_visit_step_by_appointment on next_visit_step (clinic_id, appointment_id) where appointment_id is not null;

alter table appointment add constraint appointment_order foreign key (clinic_id, order_id) references next_visit_order;

call scope_table('encounter', 'select, insert, update', 'select');
call scope_table('note_version', 'select, insert', '');
call append_only('note_version');
call scope_table('procedure_done', 'select, insert, delete', 'select');
call scope_table('next_visit_order', 'select, insert, update', 'select, update');
call scope_table('next_visit_step', 'select, insert, update', 'select, update');
