-- Why: a cheque is held, deposited, and cleared or returned by the bank; or it is given back before its day against other money. A cheque
-- that is gone is no money: what it paid is owed again, and no tax invoice follows it. Its going leaves a voucher (410) on the document that
-- receipted it, so that the books take it out of the cheques; each step is a row that never changes.
-- Locks: invoice, against everything, for a moment: checks without a look at old rows, and one small index (tax invoices of cheques) anew.
create table cheque_deposit (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null, -- whose desk brought them to the bank
  number integer not null check (number > 0), -- of the branch's slips
  account text not null check (length(account) between 1 and 80), -- into which, as the clinic calls it
  deposited_on date not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, made_by) references staff,
  constraint cheque_deposit_number_once unique (clinic_id, branch_id, number)
);

create table cheque_move (
  clinic_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  state text not null check (state in ('deposited', 'cleared', 'returned', 'withdrawn')),
  moved_on date not null, -- the bank's or the desk's day
  moved_at timestamptz not null,
  moved_by uuid not null,
  deposit_id uuid,
  reason text not null default '' check (length(reason) <= 120),
  fee_agorot bigint not null default 0 check (fee_agorot between 0 and 10000000), -- what the bank took for it
  voucher_id uuid, -- the 410
  primary key (clinic_id, id),
  foreign key (clinic_id, payment_id) references payment,
  foreign key (clinic_id, deposit_id) references cheque_deposit,
  foreign key (clinic_id, voucher_id) references invoice,
  foreign key (clinic_id, moved_by) references staff,
  constraint cheque_move_once unique (clinic_id, payment_id, state),
  constraint cheque_deposited_by_slip check ((state = 'deposited') = (deposit_id is not null)),
  constraint cheque_gone_with_voucher check ((state in ('returned', 'withdrawn')) = (voucher_id is not null) and (voucher_id is null or btrim(reason) <> '')),
  constraint cheque_fee_of_the_bank check (fee_agorot = 0 or state = 'returned')
);
create unique index cheque_gone_once on cheque_move (clinic_id, payment_id) where state in ('returned', 'withdrawn');
create index cheque_move_by_deposit on cheque_move (clinic_id, deposit_id) where deposit_id is not null;
create index payment_cheques on payment (clinic_id, received_at) where method = 'cheque';
call scope_table('cheque_deposit', 'select, insert', 'select');
call append_only('cheque_deposit');
call scope_table('cheque_move', 'select, insert', 'select');
call append_only('cheque_move');

-- A voucher of a cheque names it, as its tax invoice does; each is one.
alter table invoice drop constraint invoice_of_a_cheque;
alter table invoice add constraint invoice_of_a_cheque check (cheque_id is null or (kind in ('305', '410') and based_on_id is not null)) not valid;
drop index invoice_once_per_cheque;
create unique index invoice_once_per_cheque on invoice (clinic_id, cheque_id, kind) where cheque_id is not null;

-- The latest step of a cheque.
create function state_of_cheque(clinic uuid, cheque uuid) returns text language sql stable as $$
  select coalesce((select m.state from cheque_move m where m.clinic_id = clinic and m.payment_id = cheque
    order by array_position(array['deposited', 'cleared', 'withdrawn', 'returned'], m.state) desc limit 1), 'held') $$;

-- The voucher of a cheque that is gone.
create function voucher_of(clinic uuid, cheque uuid) returns uuid language sql stable as $$
  select g.id from invoice g where g.clinic_id = clinic and g.cheque_id = cheque and g.kind = '410' $$;

-- What of a payment is money: all of it; of a cheque that is gone what came in its stead, on its voucher.
create function money_of(clinic uuid, paid uuid) returns bigint language plpgsql stable as $$
declare
  voucher uuid := voucher_of(clinic, paid);
begin
  if voucher is null then return (select amount_agorot from payment where clinic_id = clinic and id = paid); end if;
  return coalesce((select sum(money_of(p.clinic_id, p.id)) from invoice r join payment p on p.clinic_id = r.clinic_id and p.invoice_id = r.id
    where r.clinic_id = clinic and r.based_on_id = voucher and r.kind = '400'), 0);
end $$;

-- The document that taxed a cheque that is gone; null where none did: then what it paid is owed on its request.
create function taxed_by(clinic uuid, voucher uuid) returns uuid language sql stable as $$
  with recursive step as (
    select v.cheque_id, b.id, b.kind, b.based_on_id from invoice v join invoice b on b.clinic_id = v.clinic_id and b.id = v.based_on_id where v.clinic_id = clinic and v.id = voucher
    -- Money that came for an earlier cheque that was gone: what taxed that one taxed it.
    union all select g.cheque_id, b.id, b.kind, b.based_on_id from step join invoice g on g.clinic_id = clinic and g.id = step.based_on_id and g.kind = '410' and step.kind = '400'
      join invoice b on b.clinic_id = g.clinic_id and b.id = g.based_on_id
  ) select coalesce((select t.id from step join invoice t on t.clinic_id = clinic and t.cheque_id = step.cheque_id and t.kind = '305' limit 1), (select step.id from step where step.kind = '320' limit 1)) $$;

-- What the voucher of a cheque still waits for: less what came in its stead.
create function unpaid_of_cheque(clinic uuid, voucher uuid) returns bigint language sql stable as $$
  select greatest(v.total_agorot - coalesce((select sum(r.total_agorot) from invoice r where r.clinic_id = clinic and r.based_on_id = voucher and r.kind = '400'), 0), 0)::bigint
  from invoice v where v.clinic_id = clinic and v.id = voucher $$;

-- What is owed on the voucher of a cheque that was taxed: less what credit notes of that document leave to set off. They count once for all its
-- vouchers: the oldest has them first, each later one what is left of them.
create function cheque_debt(clinic uuid, voucher uuid) returns bigint language sql stable as $$
  select coalesce((select greatest(unpaid_of_cheque(clinic, voucher) - greatest(
      coalesce((select sum(k.total_agorot - settled_of(clinic, k.id)) from invoice k where k.clinic_id = clinic and k.based_on_id = t.id and k.kind = '330'), 0)
      - coalesce((select sum(unpaid_of_cheque(clinic, o.id)) from invoice o where o.clinic_id = clinic and o.patient_id = v.patient_id and o.kind = '410' and o.cheque_id is not null
        and o.number < v.number and taxed_by(clinic, o.id) = t.id), 0), 0), 0)
    from invoice v, taxed_by(clinic, voucher) t (id) where v.clinic_id = clinic and v.id = voucher and t.id is not null), 0)::bigint $$;

-- Cheques of a receipt that are gone and that nothing taxed.
create function untaxed_gone(clinic uuid, receipt uuid) returns bigint language sql stable as $$
  select coalesce(sum(g.total_agorot), 0)::bigint from invoice g where g.clinic_id = clinic and g.based_on_id = receipt and g.kind = '410' and g.cheque_id is not null and taxed_by(clinic, g.id) is null $$;

create or replace function paid_for(clinic uuid, document uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(money_of(p.clinic_id, p.id)) from payment p where p.clinic_id = o.clinic_id and (p.invoice_id = o.id or p.id = o.cheque_id)), 0)
    + case when o.credit_id is null then 0 else o.total_agorot end)::bigint
  from invoice o where o.clinic_id = clinic and o.id = document $$;

create or replace function advance_left(clinic uuid, document uuid) returns bigint language sql stable as $$
  select (a.total_agorot - coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = a.clinic_id and u.advance_id = a.id), 0)
    - coalesce((select sum(k.total_agorot) from invoice k where k.clinic_id = a.clinic_id and k.kind = '330' and (k.based_on_id = a.id
      or k.based_on_id in (select t.id from invoice t where t.clinic_id = a.clinic_id and t.based_on_id = a.id and t.kind = '305'))), 0)
    - untaxed_gone(a.clinic_id, a.id))::bigint
  from invoice a where a.clinic_id = clinic and a.id = document and a.advance $$;

create or replace function received_on(clinic uuid, request uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(s.total_agorot - case when s.kind = '400' then untaxed_gone(clinic, s.id) else 0 end) from invoice s where s.clinic_id = clinic and s.based_on_id = request and s.kind in ('305', '320', '400')), 0)
    + coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = clinic and u.request_id = request), 0))::bigint $$;

create or replace function taken_back_within() returns trigger language plpgsql as $$
declare
  base record;
  before bigint;
  vat_before bigint;
begin
  select kind, total_agorot, vat_agorot into base from invoice where clinic_id = new.clinic_id and id = new.based_on_id for update;
  if new.kind = '410' and new.cheque_id is not null then
    if not exists (select from payment p where p.clinic_id = new.clinic_id and p.id = new.cheque_id and p.method = 'cheque' and p.invoice_id = new.based_on_id and p.amount_agorot = new.total_agorot) then
      raise exception 'a cheque goes from the document that receipted it, whole' using errcode = 'check_violation', constraint = 'cheque_gone_whole';
    end if;
    return new;
  end if;
  if not coalesce(case new.kind when '330' then base.kind in ('305', '320') else base.kind = '330' end, false) then
    raise exception 'a % does not take back a %', new.kind, base.kind using errcode = 'check_violation', constraint = 'taken_back_of_its_kind';
  end if;
  select coalesce(sum(total_agorot), 0), coalesce(sum(vat_agorot), 0) into before, vat_before from invoice where clinic_id = new.clinic_id and based_on_id = new.based_on_id and kind = new.kind;
  if new.kind = '410' then before := settled_of(new.clinic_id, new.based_on_id); end if;
  if before + new.total_agorot > base.total_agorot or (new.kind = '330' and vat_before + new.vat_agorot > base.vat_agorot) then
    raise exception 'more is taken back than there is' using errcode = 'check_violation', constraint = case new.kind when '330' then 'credit_within_invoice' else 'refund_within_credit' end;
  end if;
  return new;
end $$;

-- No tax invoice for a cheque that is gone, whoever writes it.
create function no_tax_for_gone() returns trigger language plpgsql as $$
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.based_on_id for update;
  if voucher_of(new.clinic_id, new.cheque_id) is not null then
    raise exception 'the cheque is gone' using errcode = 'check_violation', constraint = 'cheque_gone_untaxed';
  end if;
  return new;
end $$;
create trigger no_tax_for_gone before insert on invoice for each row when (new.kind = '305' and new.cheque_id is not null) execute function no_tax_for_gone();
