-- Why: a clinic takes something off what a line of a visit's bill costs, for a reason, and somebody answers for it (R20). It stands with the line: with
-- what was done, or, where nobody wrote about the visit, with the visit, whose one line is the price of its kind. A document tells it line by line. ADR 45.
-- Locks: procedure_done and invoice_line against everything while their rows are read once for the new rules: about a second for a million. No row is written.
alter table procedure_done
  add column discount_agorot bigint not null default 0, -- off the whole line
  add column discount_basis_points integer check (discount_basis_points between 1 and 10000), -- as it was given; null: as a sum
  add column discount_reason text not null default '' check (length(discount_reason) <= 120),
  add column discount_by uuid,
  add column discount_at timestamptz,
  add foreign key (clinic_id, discount_by) references staff,
  add constraint discount_within_line check (discount_agorot between 0 and quantity * unit_price_agorot),
  add constraint discount_whole check (case when discount_agorot = 0 then discount_basis_points is null and discount_reason = '' and num_nonnulls(discount_by, discount_at) = 0
    else discount_reason <> '' and num_nonnulls(discount_by, discount_at) = 2 end);
create index procedure_done_discounted on procedure_done (clinic_id, discount_at) where discount_at is not null;
grant update (discount_agorot, discount_basis_points, discount_reason, discount_by, discount_at) on procedure_done to yoman_api;

-- The one line of a visit without an encounter. Its price may change with the price lists until it is billed, so what was given stands here and not what it comes to.
create table visit_discount (
  clinic_id uuid not null,
  appointment_id uuid not null,
  basis_points integer check (basis_points between 1 and 10000),
  agorot bigint check (agorot > 0),
  reason text not null check (length(reason) between 1 and 120),
  given_by uuid not null,
  given_at timestamptz not null,
  primary key (clinic_id, appointment_id),
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, given_by) references staff,
  constraint visit_discount_one_way check (num_nonnulls(basis_points, agorot) = 1)
);
create index visit_discount_by_time on visit_discount (clinic_id, given_at);

create function month_of_visit_discount() returns trigger language plpgsql as $$
declare
  given visit_discount;
begin
  if tg_op = 'DELETE' then given := old; else given := new; end if;
  perform refuse_closed_day(a.clinic_id, day_at(a.clinic_id, a.branch_id, a.starts_at)) from appointment a where a.clinic_id = given.clinic_id and a.id = given.appointment_id;
  return given;
end $$;
create trigger month_is_open before insert or update or delete on visit_discount for each row execute function month_of_visit_discount();
call scope_table('visit_discount', 'select, insert, update, delete', 'select');

-- Agorot off a line: the same as `discountOn` of the domain (packages/domain/src/invoices/discount.ts). Nothing was given: nothing.
create function discount_on(gross bigint, basis_points integer, agorot bigint) returns bigint language sql immutable parallel safe as $$
  select least(coalesce(agorot, round(gross * basis_points / 10000.0)::bigint, 0), gross) $$;

-- How much each role may take off a line, and the reasons that the clinic offers.
create table discount_setting (
  clinic_id uuid primary key,
  limits jsonb not null default '{}', -- basis points by role
  reasons text[] not null default '{}',
  version integer not null default 1,
  foreign key (clinic_id) references clinic
);
call scope_table('discount_setting', 'select, insert, update', 'select');

alter table invoice_line
  add column discount_agorot bigint not null default 0,
  drop constraint invoice_line_adds_up,
  add constraint invoice_line_adds_up check (total_agorot = quantity * unit_price_agorot - discount_agorot),
  add constraint invoice_line_discount check (discount_agorot = 0 or (discount_agorot > 0 and total_agorot >= 0));
