-- Why: a month that was reported does not change any more. Whatever has a date in a closed month is refused by the database, whoever writes it: documents,
-- money, steps of cheques, counts of the desk, and what was done at visits. Closing waits for writers that are on their way, and they wait for it, so
-- that each is in the totals or is refused.
-- Locks: the ten tables below, against writers, for a moment: triggers. New tables else.
create table month_closing (
  clinic_id uuid not null,
  id uuid not null,
  month date not null check (extract(day from month) = 1),
  closed_at timestamptz not null,
  closed_by uuid not null,
  reason text not null default '' check (length(reason) <= 300), -- why in spite of what was open
  open_points jsonb not null, -- what was open, as it was counted
  totals jsonb not null, -- the three views and the documents, as they were
  reopened_at timestamptz,
  reopened_by uuid,
  reopen_reason text check (length(reopen_reason) between 1 and 300),
  primary key (clinic_id, id),
  foreign key (clinic_id) references clinic,
  foreign key (clinic_id, closed_by) references staff,
  foreign key (clinic_id, reopened_by) references staff,
  constraint month_reopened_whole check (num_nonnulls(reopened_at, reopened_by, reopen_reason) in (0, 3))
);
create unique index month_closed_once on month_closing (clinic_id, month) where reopened_at is null;

-- Visits that no procedures say the worth of: what they counted when their month was closed, whatever the price list says later.
create table closed_visit (
  clinic_id uuid not null,
  closing_id uuid not null,
  appointment_id uuid not null,
  worth_agorot bigint not null,
  primary key (clinic_id, closing_id, appointment_id),
  foreign key (clinic_id, closing_id) references month_closing,
  foreign key (clinic_id, appointment_id) references appointment
);
create index closed_visit_by_visit on closed_visit (clinic_id, appointment_id);

create function only_reopened() returns trigger language plpgsql as $$
begin
  if old.reopened_at is null and new.reopened_at is not null
     and to_jsonb(new) - array['reopened_at', 'reopened_by', 'reopen_reason'] = to_jsonb(old) - array['reopened_at', 'reopened_by', 'reopen_reason'] then return new; end if;
  raise exception 'append_only: a closing is never changed, only reopened' using errcode = 'restrict_violation';
end $$;
create trigger closing_is_final before update on month_closing for each row execute function only_reopened();
create trigger closing_is_kept before delete on month_closing for each row execute function refuse_change();

call scope_table('month_closing', 'select, insert, update', 'select');
call scope_table('closed_visit', 'select, insert', 'select');
call append_only('closed_visit');

-- The last day that is closed. Months are closed in their order, so everything before it is.
create function closed_until(clinic uuid) returns date language sql stable as $$
  select (max(m.month) + interval '1 month' - interval '1 day')::date from month_closing m where m.clinic_id = clinic and m.reopened_at is null $$;

-- Who writes something dated holds this until the end of the transaction, side by side with others who do; who closes a month holds it alone. What is
-- closed is looked up after it is held: a statement of its own sees what was committed by then.
create function refuse_closed_day(clinic uuid, day date) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('months of ' || clinic::text, 0));
  if day <= closed_until(clinic) then
    raise exception '% is closed', to_char(day, 'MM/YYYY') using errcode = 'restrict_violation', constraint = 'month_closed', detail = to_char(day, 'MM/YYYY');
  end if;
end $$;

create function day_at(clinic uuid, branch uuid, at timestamptz) returns date language sql stable as $$
  select (at at time zone b.time_zone)::date from branch b where b.clinic_id = clinic and b.id = branch $$;

create function month_of_document() returns trigger language plpgsql as $$
begin perform refuse_closed_day(new.clinic_id, new.issued_on); return new; end $$;
create trigger month_is_open before insert on invoice for each row execute function month_of_document();

create function month_of_payment() returns trigger language plpgsql as $$
begin
  perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, coalesce(new.branch_id, (select a.branch_id from appointment a where a.clinic_id = new.clinic_id and a.id = new.appointment_id),
    (select v.branch_id from invoice v where v.clinic_id = new.clinic_id and v.id = new.invoice_id)), new.received_at));
  return new;
end $$;
create trigger month_is_open before insert on payment for each row execute function month_of_payment();

create function month_of_refund() returns trigger language plpgsql as $$
begin perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, new.branch_id, new.given_at)); return new; end $$;
create trigger month_is_open before insert on refund for each row execute function month_of_refund();

create function month_of_deduction() returns trigger language plpgsql as $$
begin
  perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, (select v.branch_id from invoice v where v.clinic_id = new.clinic_id and v.id = new.request_id), new.used_at));
  return new;
end $$;
create trigger month_is_open before insert on advance_use for each row execute function month_of_deduction();

create function month_of_cheque_step() returns trigger language plpgsql as $$
begin perform refuse_closed_day(new.clinic_id, new.moved_on); return new; end $$;
create trigger month_is_open before insert on cheque_move for each row execute function month_of_cheque_step();

create function month_of_deposit() returns trigger language plpgsql as $$
begin perform refuse_closed_day(new.clinic_id, new.deposited_on); return new; end $$;
create trigger month_is_open before insert on cheque_deposit for each row execute function month_of_deposit();

create function month_of_cash_closing() returns trigger language plpgsql as $$
begin perform refuse_closed_day(new.clinic_id, new.day); return new; end $$;
create trigger month_is_open before insert on cash_closing for each row execute function month_of_cash_closing();

-- What was done at a visit, or at none, belongs to its day; the words about it do not, and may be signed later.
create function month_of_procedure() returns trigger language plpgsql as $$
declare
  done procedure_done;
begin
  if tg_op = 'DELETE' then done := old; else done := new; end if;
  perform refuse_closed_day(e.clinic_id, day_at(e.clinic_id, coalesce(a.branch_id, e.branch_id), coalesce(a.starts_at, e.started_at)))
    from encounter e left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id where e.clinic_id = done.clinic_id and e.id = done.encounter_id;
  return done;
end $$;
create trigger month_is_open before insert or update or delete on procedure_done for each row execute function month_of_procedure();

-- A visit that is over is income of its day; so is its practitioner's, its kind's and its branch's part of it.
create function month_of_visit() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.status = 'completed' then perform refuse_closed_day(old.clinic_id, day_at(old.clinic_id, old.branch_id, old.starts_at)); end if;
  if new.status = 'completed' then perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, new.branch_id, new.starts_at)); end if;
  return new;
end $$;
create trigger month_is_open_insert before insert on appointment for each row when (new.status = 'completed') execute function month_of_visit();
create trigger month_is_open before update on appointment for each row
  when ((old.status = 'completed' or new.status = 'completed') and (old.status, old.starts_at, old.branch_id, old.practitioner_id, old.visit_type_id) is distinct from (new.status, new.starts_at, new.branch_id, new.practitioner_id, new.visit_type_id))
  execute function month_of_visit();

-- A rate of another zone would move days from one month to another.
create function zone_of_open_months() returns trigger language plpgsql as $$
begin
  if closed_until(new.clinic_id) is not null then
    raise exception 'months of this zone are closed' using errcode = 'restrict_violation', constraint = 'month_closed', detail = to_char(closed_until(new.clinic_id), 'MM/YYYY');
  end if;
  return new;
end $$;
create trigger month_is_open before update on branch for each row when (old.time_zone <> new.time_zone) execute function zone_of_open_months();
