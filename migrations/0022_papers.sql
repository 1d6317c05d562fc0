-- Why: some kinds of visit ask for a paper: a health fund's commitment (form 17) or a referral. A visit without its paper is treated at
-- the clinic's cost, so it is marked until somebody has the paper in hand, or files it for that visit.
-- Locks: visit_type for a moment (a column with a constant default); attachment for a moment (a wider check, which every old row
-- satisfies; it is looked at by `validate` while others read and write).
alter table visit_type add column paper text not null default 'none' check (paper in ('none', 'form_17', 'referral'));

-- That a paper was seen, by whom; no row: nobody has seen it. The kind belongs to it: a visit that becomes of another type may ask
-- for another paper.
create table visit_paper (
  clinic_id uuid not null,
  appointment_id uuid not null,
  kind text not null check (kind in ('form_17', 'referral')),
  received_at timestamptz not null,
  received_by uuid,
  primary key (clinic_id, appointment_id, kind), -- received once
  foreign key (clinic_id, appointment_id) references appointment on delete cascade,
  foreign key (clinic_id, received_by) references staff
);
call scope_table('visit_paper', 'select, insert, delete', 'select');

alter table attachment drop constraint attachment_kind_check;
alter table attachment add constraint attachment_kind_check check (kind in ('x_ray', 'photo', 'referral', 'form_17', 'lab', 'form', 'administrative', 'other')) not valid;
alter table attachment validate constraint attachment_kind_check;
