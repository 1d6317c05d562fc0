-- Why: the diary. What occupies time is an allocation, and one constraint says that nothing is taken twice.
-- Locks: none, new tables only.
create table appointment (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  patient_id uuid, -- a hold may not know yet for whom
  practitioner_id uuid not null,
  visit_type_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null check (status in ('held', 'booked', 'confirmed', 'arrived', 'in_treatment', 'completed', 'cancelled', 'no_show')),
  hold_expires_at timestamptz,
  desk_note text not null default '' check (length(desk_note) <= 1000),
  cancel_reason text check (cancel_reason in ('patient', 'clinic', 'moved', 'other')),
  order_id uuid, -- the next-visit order it fulfils
  order_step smallint,
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, practitioner_id) references practitioner,
  foreign key (clinic_id, visit_type_id) references visit_type,
  constraint appointment_ends_after_start check (ends_at > starts_at),
  constraint appointment_hold_expires check ((status = 'held') = (hold_expires_at is not null)),
  constraint appointment_has_patient check (patient_id is not null or status in ('held', 'cancelled'))
);
create index appointment_by_day on appointment (clinic_id, branch_id, starts_at);
create index appointment_by_practitioner on appointment (clinic_id, practitioner_id, starts_at);
create index appointment_by_patient on appointment (clinic_id, patient_id, starts_at desc);
create index appointment_open_holds on appointment (clinic_id, hold_expires_at) where status = 'held';

-- One row per person, room, chair or device of an appointment; the period includes the buffers.
create table allocation (
  clinic_id uuid not null,
  appointment_id uuid not null,
  resource_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  occupies boolean not null default true, -- false once cancelled
  primary key (clinic_id, appointment_id, resource_id),
  foreign key (clinic_id, appointment_id) references appointment on delete cascade,
  foreign key (clinic_id, resource_id) references resource,
  constraint allocation_ends_after_start check (ends_at > starts_at),
  constraint no_double_booking exclude using gist (
    clinic_id with =, resource_id with =, tstzrange(starts_at, ends_at) with &&) where (occupies)
);
-- Busy times come from this index alone.
create index allocation_busy on allocation (clinic_id, resource_id, starts_at) include (ends_at, appointment_id) where occupies;

create table appointment_status (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  status text not null,
  at timestamptz not null,
  by_staff_id uuid,
  reason text not null default '',
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment
);
create index appointment_status_by_appointment on appointment_status (clinic_id, appointment_id, at);

call scope_table('appointment', 'select, insert, update', 'select, update');
call scope_table('allocation', 'select, insert, update, delete', 'select, update');
call scope_table('appointment_status', 'select, insert', 'select, insert');
call append_only('appointment_status');
