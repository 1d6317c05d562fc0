-- Why: practitioners are paid a part of what they did, or a sum for each piece of it, less what laboratories asked for. ADR 48.
-- A rule holds from its day on and never changes: another begins. What a closed month was paid by stays, so no rule begins in one.
-- Locks: none, new tables only.
create table share_rule (
  clinic_id uuid not null references clinic,
  id uuid not null,
  practitioner_id uuid not null,
  price_item_id uuid, -- null: every treatment without a rule of its own
  valid_from date not null, -- of the visit, on its branch's wall
  share_basis_points integer check (share_basis_points between 0 and 10000), -- of the price without VAT
  fixed_agorot bigint check (fixed_agorot between 0 and 100000000), -- for each piece
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, practitioner_id) references practitioner,
  foreign key (clinic_id, price_item_id) references price_item,
  foreign key (clinic_id, created_by) references staff,
  constraint share_rule_says_one check (num_nonnulls(share_basis_points, fixed_agorot) = 1),
  constraint share_rule_once unique nulls not distinct (clinic_id, practitioner_id, price_item_id, valid_from)
);

-- What a laboratory asked for something that was done; of the month in which its bill came.
create table laboratory_cost (
  clinic_id uuid not null references clinic,
  id uuid not null,
  procedure_id uuid not null,
  day date not null,
  laboratory text not null check (length(laboratory) between 1 and 120),
  reference text not null default '' check (length(reference) <= 60),
  amount_agorot bigint not null check (amount_agorot between 1 and 100000000), -- without VAT
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, procedure_id) references procedure_done,
  foreign key (clinic_id, recorded_by) references staff
);
create index laboratory_cost_by_day on laboratory_cost (clinic_id, day);
create index laboratory_cost_by_procedure on laboratory_cost (clinic_id, procedure_id);

call scope_table('share_rule', 'select, insert, delete', 'select');
call scope_table('laboratory_cost', 'select, insert, delete', 'select');

create function month_of_share_rule() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform refuse_closed_day(old.clinic_id, old.valid_from);
    return old;
  end if;
  perform refuse_closed_day(new.clinic_id, new.valid_from);
  return new;
end $$;
create trigger month_is_open before insert or delete on share_rule for each row execute function month_of_share_rule();

create function month_of_laboratory_cost() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform refuse_closed_day(old.clinic_id, old.day);
    return old;
  end if;
  perform refuse_closed_day(new.clinic_id, new.day);
  return new;
end $$;
create trigger month_is_open before insert or delete on laboratory_cost for each row execute function month_of_laboratory_cost();
