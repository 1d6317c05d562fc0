-- Why: time that is nobody's visit (leave, meetings, breaks, closed days) as one thing with a kind and words, over several days
-- and people; and the list of visits that such a block, other hours or a departure hit, which stays until each is settled.
-- Availability keeps its one truth: a block writes its days as rows of hours_exception and takes them away with itself.
-- Locks: hours_exception for a moment, to add an empty column, its key and a small index.
create table block (
  clinic_id uuid not null references clinic,
  id uuid not null,
  kind text not null check (kind in ('leave', 'meeting', 'break', 'closed', 'other')),
  branch_id uuid, -- the whole branch is closed; else the resources of block_resource are away, wherever they would be
  from_date date not null,
  to_date date not null, -- belongs to it
  weekdays smallint[] not null default '{}' check (weekdays <@ '{1,2,3,4,5,6,7}'), -- empty: every day between the two
  starts time, -- of each day, on the branch's wall; no times: all day
  ends time,
  title text not null default '' check (length(title) <= 120), -- what everybody at the desk may read
  private_note_sealed bytea, -- encrypted by the application
  holiday text check (holiday ~ '^[a-z_]{1,40}$'), -- which holiday's proposal it came from
  removed_at timestamptz, -- kept, so that a removal can be taken back
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, created_by) references staff,
  constraint block_dates check (to_date >= from_date and to_date - from_date < 400),
  constraint block_times check ((starts is null) = (ends is null) and (ends is null or ends > starts)),
  constraint block_closes_branch check ((kind = 'closed') = (branch_id is not null))
);
create index block_ahead on block (clinic_id, to_date) where removed_at is null;
-- Two people who go through the year's holidays at once close a day only once.
create unique index block_holiday_once on block (clinic_id, branch_id, from_date) where holiday is not null and removed_at is null;

create table block_resource (
  clinic_id uuid not null,
  block_id uuid not null,
  resource_id uuid not null,
  primary key (clinic_id, block_id, resource_id),
  foreign key (clinic_id, block_id) references block,
  foreign key (clinic_id, resource_id) references resource
);

alter table hours_exception
  add column block_id uuid,
  add constraint hours_exception_of_block foreign key (clinic_id, block_id) references block,
  add constraint hours_exception_block_closes check (block_id is null or kind = 'closed');
create index hours_exception_by_block on hours_exception (clinic_id, block_id) where block_id is not null;

-- A visit whose practitioner or place will not be there. It waits as long as the visit stands where it stood: moved or cancelled,
-- by whatever way, it waits no more, and if that is undone it waits again. Only what cannot be read off the visit is kept here.
create table rebooking (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  cause text not null check (cause in ('block', 'hours', 'gone')), -- other weekly hours; a practitioner or place out of use
  block_id uuid,
  resource_id uuid not null, -- who or what will not be there
  starts_at timestamptz not null, -- where the visit stood
  opened_at timestamptz not null,
  opened_by uuid,
  tries smallint not null default 0, -- calls without an answer
  tried_at timestamptz,
  told_at timestamptz, -- the patient knows that the visit will not be as agreed
  told_by uuid,
  settled_at timestamptz,
  settled_by uuid,
  outcome text check (outcome in ('left', 'freed', 'overtaken')), -- stays as it is; the cause is gone; moved and hit anew
  reason text not null default '' check (length(reason) <= 300),
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, block_id) references block,
  foreign key (clinic_id, resource_id) references resource,
  constraint rebooking_cause_is_block check ((cause = 'block') = (block_id is not null)),
  constraint rebooking_settled_whole check ((settled_at is null) = (outcome is null)),
  constraint rebooking_left_has_reason check (outcome is distinct from 'left' or reason <> '')
);
create unique index rebooking_open_once on rebooking (clinic_id, appointment_id) where settled_at is null;
create index rebooking_by_appointment on rebooking (clinic_id, appointment_id);
create index rebooking_by_block on rebooking (clinic_id, block_id) where block_id is not null;
create index rebooking_lately on rebooking (clinic_id, opened_at);

call scope_table('block', 'select, insert, update', 'select');
call scope_table('block_resource', 'select, insert, delete', 'select');
call scope_table('rebooking', 'select, insert, update', 'select');
