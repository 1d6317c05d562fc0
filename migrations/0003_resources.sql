-- Why: who and what can be booked, when they work, and for which kinds of visit.
-- Locks: none, new tables only.
create table resource (
  clinic_id uuid not null references clinic,
  id uuid not null,
  kind text not null check (kind in ('practitioner', 'room', 'chair', 'device')),
  name text not null check (length(name) between 1 and 120),
  name_en text not null default '',
  branch_id uuid, -- rooms, chairs and devices stand in one branch; people work where their hours say
  sort integer not null default 0,
  colour text not null default '#0f766e' check (colour ~ '^#[0-9a-f]{6}$'),
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  constraint resource_place_has_branch check (kind = 'practitioner' or branch_id is not null)
);

-- The person behind a resource of kind practitioner; the same id.
create table practitioner (
  clinic_id uuid not null,
  id uuid not null,
  staff_id uuid,
  profession text not null check (profession in ('doctor', 'hygienist', 'assistant')),
  title text not null default '',
  speciality text not null default '',
  licence_number text not null default '',
  primary key (clinic_id, id),
  foreign key (clinic_id, id) references resource on delete cascade,
  foreign key (clinic_id, staff_id) references staff,
  constraint practitioner_one_per_staff unique (clinic_id, staff_id)
);

-- A week's hours on the branch's wall clock. A break is the gap between two rows.
create table working_hours (
  clinic_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  branch_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null,
  valid_from date,
  valid_to date,
  primary key (clinic_id, id),
  foreign key (clinic_id, resource_id) references resource on delete cascade,
  foreign key (clinic_id, branch_id) references branch on delete cascade,
  constraint working_hours_end_after_start check (ends > starts)
);
create index working_hours_by_resource on working_hours (clinic_id, resource_id, weekday);

-- One date that differs: closed (for some hours, or the whole day), or extra hours. No resource means the whole branch.
create table hours_exception (
  clinic_id uuid not null,
  id uuid not null,
  resource_id uuid,
  branch_id uuid,
  on_date date not null,
  kind text not null check (kind in ('closed', 'open')),
  starts time,
  ends time,
  reason text not null default '',
  primary key (clinic_id, id),
  foreign key (clinic_id, resource_id) references resource on delete cascade,
  foreign key (clinic_id, branch_id) references branch on delete cascade,
  constraint hours_exception_of_something check (resource_id is not null or branch_id is not null),
  constraint hours_exception_times check ((starts is null and ends is null and kind = 'closed') or ends > starts)
);
create index hours_exception_by_date on hours_exception (clinic_id, on_date);

create table price_item (
  clinic_id uuid not null references clinic,
  id uuid not null,
  code text not null check (length(code) between 1 and 40),
  name text not null check (length(name) between 1 and 200),
  name_en text not null default '',
  price_agorot bigint not null check (price_agorot between 0 and 100000000), -- with VAT
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  constraint price_item_code_once unique (clinic_id, code)
);

create table visit_type (
  clinic_id uuid not null references clinic,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  name_en text not null default '',
  public_name text not null default '', -- what a patient may read in a message: nothing clinical
  public_name_en text not null default '',
  profession text check (profession in ('doctor', 'hygienist', 'assistant')), -- null: whoever is listed
  duration_minutes integer not null check (duration_minutes between 5 and 720),
  buffer_before_minutes integer not null default 0 check (buffer_before_minutes between 0 and 120),
  buffer_after_minutes integer not null default 0 check (buffer_after_minutes between 0 and 120),
  place_kind text check (place_kind in ('room', 'chair', 'device')), -- null: needs no place of its own
  price_item_id uuid,
  colour text not null default '#0f766e' check (colour ~ '^#[0-9a-f]{6}$'),
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, price_item_id) references price_item
);

-- Who may do it. No row at all: everyone of the profession.
create table visit_type_practitioner (
  clinic_id uuid not null,
  visit_type_id uuid not null,
  practitioner_id uuid not null,
  primary key (clinic_id, visit_type_id, practitioner_id),
  foreign key (clinic_id, visit_type_id) references visit_type on delete cascade,
  foreign key (clinic_id, practitioner_id) references practitioner on delete cascade
);

call scope_table('resource', 'select, insert, update', 'select');
call scope_table('practitioner', 'select, insert, update', 'select');
call scope_table('working_hours', 'select, insert, update, delete', 'select');
call scope_table('hours_exception', 'select, insert, update, delete', 'select');
call scope_table('price_item', 'select, insert, update', 'select');
call scope_table('visit_type', 'select, insert, update', 'select');
call scope_table('visit_type_practitioner', 'select, insert, delete', 'select');
