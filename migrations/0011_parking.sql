-- Why: the parking tray. A visit that waits for another time is put aside, for every desk to see, while its place stays its own.
-- Locks: none, a new table only.
create table appointment_parking (
  clinic_id uuid not null,
  appointment_id uuid not null,
  branch_id uuid not null,
  parked_at timestamptz not null,
  parked_by uuid,
  primary key (clinic_id, appointment_id), -- a visit lies on the tray once
  foreign key (clinic_id, appointment_id) references appointment on delete cascade,
  foreign key (clinic_id, branch_id) references branch
);
create index appointment_parking_by_branch on appointment_parking (clinic_id, branch_id, parked_at);

-- The worker takes a visit off where the patient's reply cancels it.
call scope_table('appointment_parking', 'select, insert, delete', 'select, delete');
