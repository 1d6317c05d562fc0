-- Why: one item has several prices: by branch, by practitioner, by the patient's health fund, from a day on. The base list stays what it
-- was (price_item); lists say where they differ, and a change of the base price is entered before its day. ADR 44.
-- What was done and what was planned carry why their price is what it is, in the words of the day: a list that is renamed changes no agreement.
-- Locks: procedure_done and treatment_plan_item for an instant; no row is written.
create table price_list (
  clinic_id uuid not null references clinic,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  name_en text not null default '' check (length(name_en) <= 120),
  branch_id uuid,
  health_fund text check (health_fund in ('101', '102', '103', '104', '401', '402', '480')),
  valid_from date, -- of visits, on the branch's wall; both days belong to it
  valid_until date,
  active boolean not null default true,
  share_basis_points integer check (share_basis_points between 0 and 30000), -- of the base price, for items without a row here; null: says nothing of them
  round_to_agorot integer not null default 1 check (round_to_agorot in (1, 10, 100, 500, 1000)),
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  constraint price_list_dates check (valid_until >= valid_from)
);

-- No row at all: every practitioner.
create table price_list_practitioner (
  clinic_id uuid not null,
  price_list_id uuid not null,
  practitioner_id uuid not null,
  primary key (clinic_id, price_list_id, practitioner_id),
  foreign key (clinic_id, price_list_id) references price_list,
  foreign key (clinic_id, practitioner_id) references practitioner
);

create table price_list_item (
  clinic_id uuid not null,
  price_list_id uuid not null,
  price_item_id uuid not null,
  price_agorot bigint not null check (price_agorot between 0 and 100000000), -- with VAT
  primary key (clinic_id, price_list_id, price_item_id),
  foreign key (clinic_id, price_list_id) references price_list,
  foreign key (clinic_id, price_item_id) references price_item
);

-- The base price from a day on; until the first of these days price_item.price_agorot holds.
create table price_change (
  clinic_id uuid not null,
  price_item_id uuid not null,
  valid_from date not null,
  price_agorot bigint not null check (price_agorot between 0 and 100000000), -- with VAT
  primary key (clinic_id, price_item_id, valid_from),
  foreign key (clinic_id, price_item_id) references price_item
);

call scope_table('price_list', 'select, insert, update', 'select');
call scope_table('price_list_practitioner', 'select, insert, delete', 'select');
call scope_table('price_list_item', 'select, insert, delete', 'select');
call scope_table('price_change', 'select, insert, delete', 'select');

alter table procedure_done add column price_by jsonb;
alter table treatment_plan_item add column price_by jsonb;
