-- Why: a visit may need more than one practitioner and one place (an assistant, an x-ray device), and somebody with the right
-- may book over a visit that stands, for a reason.
-- Locks: `allocation` while its constraint and its index are built anew (seconds for a million rows); the other tables for a moment.

-- What a kind of visit needs beside its practitioner and its place, one row each: anyone or anything of a kind, or one of those listed.
create table visit_type_need (
  clinic_id uuid not null,
  visit_type_id uuid not null,
  seq smallint not null check (seq between 1 and 4),
  kind text not null check (kind in ('practitioner', 'room', 'chair', 'device')),
  profession text check (profession in ('doctor', 'hygienist', 'assistant')), -- of a practitioner who is not listed by name
  primary key (clinic_id, visit_type_id, seq),
  foreign key (clinic_id, visit_type_id) references visit_type on delete cascade,
  constraint visit_type_need_profession check (profession is null or kind = 'practitioner')
);

-- Who or what would do. No row at all: anyone or anything of the kind.
create table visit_type_need_resource (
  clinic_id uuid not null,
  visit_type_id uuid not null,
  seq smallint not null,
  resource_id uuid not null,
  primary key (clinic_id, visit_type_id, seq, resource_id),
  foreign key (clinic_id, visit_type_id, seq) references visit_type_need on delete cascade,
  foreign key (clinic_id, resource_id) references resource on delete cascade
);

call scope_table('visit_type_need', 'select, insert, delete', 'select');
call scope_table('visit_type_need_resource', 'select, insert, delete', 'select');

-- Everyone and everything in a branch that would do for one of a visit type's needs.
create function need_candidates(of_clinic uuid, of_type uuid, in_branch uuid) returns setof uuid language sql stable as $$
  select r.id from visit_type_need n join resource r on r.clinic_id = n.clinic_id and r.kind = n.kind and r.active
  where n.clinic_id = of_clinic and n.visit_type_id = of_type
    and (r.branch_id = in_branch or (r.kind = 'practitioner'
      and exists (select from working_hours h where h.clinic_id = r.clinic_id and h.resource_id = r.id and h.branch_id = in_branch)))
    and (case when exists (select from visit_type_need_resource l where l.clinic_id = n.clinic_id and l.visit_type_id = n.visit_type_id and l.seq = n.seq)
      then exists (select from visit_type_need_resource l where l.clinic_id = n.clinic_id and l.visit_type_id = n.visit_type_id and l.seq = n.seq and l.resource_id = r.id)
      else n.profession is null or exists (select from practitioner p where p.clinic_id = r.clinic_id and p.id = r.id and p.profession = n.profession) end)
$$;

-- How many visits of a practitioner may be booked over others on one day; 0 is never.
alter table clinic add column overbook_limit smallint not null default 2 constraint clinic_overbook_limit check (overbook_limit between 0 and 20);

alter table appointment
  add column overbook_reason text constraint appointment_overbook_reason check (length(btrim(overbook_reason)) between 1 and 300),
  add column overbooked_at timestamptz,
  add column overbooked_by uuid, -- null: the system
  add constraint appointment_overbooked_whole check ((overbook_reason is null) = (overbooked_at is null) and (overbooked_by is null or overbooked_at is not null)),
  add constraint appointment_overbooked_by foreign key (clinic_id, overbooked_by) references staff;
create index appointment_overbooked on appointment (clinic_id, starts_at) where overbooked_at is not null;

-- Shares its time with another visit, by the reason that the appointment gives.
alter table allocation add column overbooked boolean not null default false;
alter table allocation drop constraint no_double_booking;
alter table allocation add constraint no_double_booking exclude using gist (
  clinic_id with =, resource_id with =, tstzrange(starts_at, ends_at) with &&) where (occupies and not overbooked);
drop index allocation_busy;
create index allocation_busy on allocation (clinic_id, resource_id, starts_at) include (ends_at, appointment_id, overbooked) where occupies;
