-- Why: a clinic keeps lists of its own: whom to call back, which children did not come for a year. Words of the clinic's own that hang
-- on patients, and lists of conditions that are kept under a name, of one person or of everybody.
-- Locks: none, new tables only.
create table tag (
  clinic_id uuid not null references clinic,
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  tone text not null default 'neutral' check (tone in ('neutral', 'info', 'primary', 'warning', 'success', 'danger')),
  retired_at timestamptz, -- no longer offered; where it hangs it stays
  version integer not null default 1,
  primary key (clinic_id, id),
  constraint tag_name_once unique (clinic_id, name)
);

create table patient_tag (
  clinic_id uuid not null,
  patient_id uuid not null,
  tag_id uuid not null,
  tagged_by uuid not null,
  tagged_at timestamptz not null,
  primary key (clinic_id, patient_id, tag_id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, tag_id) references tag,
  foreign key (clinic_id, tagged_by) references staff
);
create index patient_tag_by_tag on patient_tag (clinic_id, tag_id, patient_id);

create table patient_filter (
  clinic_id uuid not null references clinic,
  id uuid not null,
  owner_id uuid, -- null: everybody's here
  written_by uuid not null,
  name text not null check (length(name) between 1 and 80),
  conditions jsonb not null check (jsonb_typeof(conditions) = 'array'),
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, owner_id) references staff,
  foreign key (clinic_id, written_by) references staff,
  constraint patient_filter_name_once unique nulls not distinct (clinic_id, owner_id, name)
);

call scope_table('tag', 'select, insert, update', 'select');
call scope_table('patient_tag', 'select, insert, update, delete', '');
call scope_table('patient_filter', 'select, insert, update, delete', '');
