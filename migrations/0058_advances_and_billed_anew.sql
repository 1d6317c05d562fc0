-- Why: money that comes before the day of its visit is taxed when it comes (VAT Law §24, §29), so its document leaves at once and the visit's
-- bill deducts it; which bill deducted how much is written down, since an issued document never changes. A visit whose documents were
-- credited whole is billed anew, on the credit note; money of a credit note that stays is used by a tax invoice (305) of its own.
-- Locks: invoice, against everything, while one partial index is built anew: a moment for each hundred thousand documents. Columns are
-- empty or constant. Else new tables only.
alter table invoice
  add column advance boolean not null default false, -- receipts money that came before the document of its visit
  add column credit_id uuid, -- the credit note whose money a 305 uses
  add foreign key (clinic_id, credit_id) references invoice,
  add constraint invoice_advance_alone check (not advance or (kind in ('320', '400') and based_on_id is null and appointment_id is not null)),
  add constraint invoice_by_credit check (credit_id is null or (kind = '305' and based_on_id is not null and cheque_id is null));
drop index invoice_once_per_visit;
create unique index invoice_once_per_visit on invoice (clinic_id, appointment_id) where appointment_id is not null and based_on_id is null and kind in ('300', '305', '320') and not advance;
-- Of each visit: the last credit note of two may be that of an advance which both deducted.
create unique index invoice_billed_anew_once on invoice (clinic_id, appointment_id, based_on_id) where kind = '300' and based_on_id is not null;
create index invoice_by_credit_used on invoice (clinic_id, credit_id) where credit_id is not null;
create index invoice_by_advance on invoice (clinic_id, patient_id) where advance;

create index payment_waiting on payment (clinic_id, appointment_id) where invoice_id is null;

create table advance_use (
  clinic_id uuid not null,
  id uuid not null,
  advance_id uuid not null, -- the 320 or 400 of the money
  request_id uuid not null, -- the 300 that deducts it
  amount_agorot bigint not null check (amount_agorot <> 0), -- below nothing: taken back, where the money turned out not to be there
  used_at timestamptz not null,
  used_by uuid,
  primary key (clinic_id, id),
  foreign key (clinic_id, advance_id) references invoice,
  foreign key (clinic_id, request_id) references invoice,
  foreign key (clinic_id, used_by) references staff
);
create index advance_use_by_advance on advance_use (clinic_id, advance_id);
create index advance_use_by_request on advance_use (clinic_id, request_id);
call scope_table('advance_use', 'select, insert', 'select, insert');
call append_only('advance_use');

-- Money that came in for a document: what it receipts, the cheque that it was written for, or the credit that it used.
create function paid_for(clinic uuid, document uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(p.amount_agorot) from payment p where p.clinic_id = o.clinic_id and (p.invoice_id = o.id or p.id = o.cheque_id)), 0)
    + case when o.credit_id is null then 0 else o.total_agorot end)::bigint
  from invoice o where o.clinic_id = clinic and o.id = document $$;

-- Money of a document that left it by its credit notes: given back, or used for another document.
create function went_from(clinic uuid, document uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(r.amount_agorot) from invoice k join invoice b on b.clinic_id = k.clinic_id and b.based_on_id = k.id and b.kind = '410'
      join refund r on r.clinic_id = b.clinic_id and r.invoice_id = b.id where k.clinic_id = clinic and k.based_on_id = document and k.kind = '330'), 0)
    + coalesce((select sum(t.total_agorot) from invoice k join invoice t on t.clinic_id = k.clinic_id and t.credit_id = k.id
      where k.clinic_id = clinic and k.based_on_id = document and k.kind = '330'), 0))::bigint $$;

-- What of a credit note was settled: by vouchers, or by documents that used it.
create function settled_of(clinic uuid, credit uuid) returns bigint language sql stable as $$
  select coalesce(sum(b.total_agorot), 0)::bigint from invoice b where b.clinic_id = clinic and ((b.based_on_id = credit and b.kind = '410') or b.credit_id = credit) $$;

-- What of an advance no bill deducted, and no credit note took back.
create function advance_left(clinic uuid, document uuid) returns bigint language sql stable as $$
  select (a.total_agorot - coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = a.clinic_id and u.advance_id = a.id), 0)
    - coalesce((select sum(k.total_agorot) from invoice k where k.clinic_id = a.clinic_id and k.kind = '330' and (k.based_on_id = a.id
      or k.based_on_id in (select t.id from invoice t where t.clinic_id = a.clinic_id and t.based_on_id = a.id and t.kind = '305'))), 0))::bigint
  from invoice a where a.clinic_id = clinic and a.id = document and a.advance $$;

-- What of a transaction invoice was settled: by receipts, by credit that it used, by advances that it deducted.
create function received_on(clinic uuid, request uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(s.total_agorot) from invoice s where s.clinic_id = clinic and s.based_on_id = request and s.kind in ('305', '320', '400')), 0)
    + coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = clinic and u.request_id = request), 0))::bigint $$;

-- The document that a visit was billed with: the last one, where it was credited whole and billed anew.
create function document_of_visit(clinic uuid, visit uuid) returns uuid language sql stable as $$
  select v.id from invoice v where v.clinic_id = clinic and v.appointment_id = visit and not v.advance
    and (v.kind = '300' or (v.based_on_id is null and v.kind in ('305', '320'))) order by v.based_on_id is null, v.number desc limit 1 $$;

-- Whoever deducts from one advance waits for the other here.
create function advance_within() returns trigger language plpgsql as $$
declare
  before bigint;
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.request_id and kind = '300' for update;
  if not found then raise exception 'only a transaction invoice deducts' using errcode = 'check_violation', constraint = 'deducted_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = new.advance_id and advance for update;
  if not found then raise exception 'not an advance' using errcode = 'check_violation', constraint = 'deducted_of_its_kind'; end if;
  if new.amount_agorot > 0 and (new.amount_agorot > advance_left(new.clinic_id, new.advance_id)
      or received_on(new.clinic_id, new.request_id) + new.amount_agorot > (select total_agorot from invoice where clinic_id = new.clinic_id and id = new.request_id)) then
    raise exception 'more is deducted than there is' using errcode = 'check_violation', constraint = 'deducted_within';
  end if;
  select coalesce(sum(amount_agorot), 0) into before from advance_use where clinic_id = new.clinic_id and advance_id = new.advance_id and request_id = new.request_id;
  if before + new.amount_agorot < 0 then raise exception 'more is taken back than was deducted' using errcode = 'check_violation', constraint = 'deducted_within'; end if;
  return new;
end $$;
create trigger advance_within before insert on advance_use for each row execute function advance_within();

-- Whoever uses a credit note, credits its document or pays it back waits for the others at that document.
create function credit_used_within() returns trigger language plpgsql as $$
declare
  credit record;
begin
  select id, based_on_id, total_agorot into credit from invoice where clinic_id = new.clinic_id and id = new.credit_id and kind = '330';
  if not found then raise exception 'not a credit note' using errcode = 'check_violation', constraint = 'deducted_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = credit.based_on_id for update;
  if new.total_agorot > least(credit.total_agorot - settled_of(new.clinic_id, credit.id), paid_for(new.clinic_id, credit.based_on_id) - went_from(new.clinic_id, credit.based_on_id)) then
    raise exception 'more is used than there is' using errcode = 'check_violation', constraint = 'deducted_within';
  end if;
  return new;
end $$;
create trigger credit_used_within before insert on invoice for each row when (new.credit_id is not null) execute function credit_used_within();

create or replace function taken_back_within() returns trigger language plpgsql as $$
declare
  base record;
  before bigint;
  vat_before bigint;
begin
  select kind, total_agorot, vat_agorot into base from invoice where clinic_id = new.clinic_id and id = new.based_on_id for update;
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

create or replace function refund_within_paid() returns trigger language plpgsql as $$
declare
  base uuid;
begin
  select o.id into base from invoice v join invoice c on c.clinic_id = v.clinic_id and c.id = v.based_on_id join invoice o on o.clinic_id = c.clinic_id and o.id = c.based_on_id
    where v.clinic_id = new.clinic_id and v.id = new.invoice_id and v.kind = '410';
  if not found then raise exception 'a refund stands on a voucher' using errcode = 'check_violation', constraint = 'taken_back_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = base for update;
  if went_from(new.clinic_id, base) > paid_for(new.clinic_id, base) then
    raise exception 'more is given back than was paid' using errcode = 'check_violation', constraint = 'refund_within_paid';
  end if;
  return null;
end $$;
