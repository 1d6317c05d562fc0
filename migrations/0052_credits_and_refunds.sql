-- Why: an issued document is corrected by a credit note (330) and by nothing else (bookkeeping rules §23(ב), §23א), together never above
-- what they correct. Money that goes back leaves a voucher (410) in a series of its own and a row for each means, never more than was
-- paid; the desk that gave it counts it in its closing.
-- Locks: invoice, document_counter, invoice_line and cash_closing_means, against everything, for a moment: columns are empty or constant,
-- and no old row is looked at; a file of its own does that, while others read and write.
alter table document_counter drop constraint document_counter_kind_check;
alter table document_counter add constraint document_counter_kind_check check (kind in ('300', '305', '320', '330', '400', '410')) not valid;
alter table invoice drop constraint invoice_kind_check;
alter table invoice add constraint invoice_kind_check check (kind in ('300', '305', '320', '330', '400', '410')) not valid;
alter table invoice add constraint invoice_takes_back check (kind not in ('330', '410') or (based_on_id is not null and total_agorot > 0)) not valid;
alter table invoice add constraint invoice_credit_reason check (kind <> '330' or btrim(reason) <> '') not valid;

alter table invoice_line add column credits_line smallint; -- which line of the corrected document; null: a part of its sum
alter table invoice_line add constraint invoice_line_credits_line_check check (credits_line > 0) not valid;

-- Whoever credits one document, or pays back one credit note, waits for the other here: the sum below is seen by the second.
create function taken_back_within() returns trigger language plpgsql as $$
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
  if before + new.total_agorot > base.total_agorot or (new.kind = '330' and vat_before + new.vat_agorot > base.vat_agorot) then
    raise exception 'more is taken back than there is' using errcode = 'check_violation', constraint = case new.kind when '330' then 'credit_within_invoice' else 'refund_within_credit' end;
  end if;
  return new;
end $$;
create trigger taken_back_within before insert on invoice for each row when (new.kind in ('330', '410')) execute function taken_back_within();

create table refund (
  clinic_id uuid not null,
  id uuid not null,
  invoice_id uuid not null, -- its voucher (410)
  branch_id uuid not null, -- whose desk gave it
  method text not null check (method in ('cash', 'card', 'transfer', 'bit')),
  amount_agorot bigint not null check (amount_agorot > 0),
  reference text not null default '' check (length(reference) <= 120),
  given_at timestamptz not null,
  given_by uuid not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, given_by) references staff,
  constraint refund_card_has_reference check (method <> 'card' or btrim(reference) <> ''),
  constraint refund_cash_in_tens check (method <> 'cash' or amount_agorot % 10 = 0) -- agorot: the smallest coin
);
create index refund_by_invoice on refund (clinic_id, invoice_id);
create index refund_by_desk on refund (clinic_id, branch_id, given_at);

-- Paid is what the corrected document receipts itself, or the cheque that it was written for.
create function refund_within_paid() returns trigger language plpgsql as $$
declare
  base record;
  paid bigint;
  given bigint;
begin
  select o.id, o.cheque_id into base from invoice v join invoice c on c.clinic_id = v.clinic_id and c.id = v.based_on_id
    join invoice o on o.clinic_id = c.clinic_id and o.id = c.based_on_id
    where v.clinic_id = new.clinic_id and v.id = new.invoice_id and v.kind = '410';
  if not found then raise exception 'a refund stands on a voucher' using errcode = 'check_violation', constraint = 'taken_back_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = base.id for update;
  select coalesce(sum(amount_agorot), 0) into paid from payment where clinic_id = new.clinic_id and (invoice_id = base.id or id = base.cheque_id);
  select coalesce(sum(r.amount_agorot), 0) into given from invoice c join invoice v on v.clinic_id = c.clinic_id and v.based_on_id = c.id and v.kind = '410'
    join refund r on r.clinic_id = v.clinic_id and r.invoice_id = v.id where c.clinic_id = new.clinic_id and c.based_on_id = base.id and c.kind = '330';
  if given > paid then raise exception 'more is given back than was paid' using errcode = 'check_violation', constraint = 'refund_within_paid'; end if;
  return null;
end $$;
create trigger refund_within_paid after insert on refund for each row execute function refund_within_paid();

create table cash_closing_refund (
  clinic_id uuid not null,
  refund_id uuid not null,
  closing_id uuid not null,
  primary key (clinic_id, refund_id),
  foreign key (clinic_id, refund_id) references refund,
  foreign key (clinic_id, closing_id) references cash_closing
);
create index cash_closing_refund_by_closing on cash_closing_refund (clinic_id, closing_id);

-- A day on which more went back by card than came in is below nothing.
alter table cash_closing_means
  add column refunds integer not null default 0 check (refunds >= 0),
  add column refunded_agorot bigint not null default 0 check (refunded_agorot >= 0),
  drop constraint cash_closing_means_expected_agorot_check,
  drop constraint cash_closing_means_counted_agorot_check,
  add constraint cash_closing_means_counted_agorot_check check (counted_agorot between case when method = 'cash' then 0 else -10000000000 end and 10000000000);

call scope_table('refund', 'select, insert', 'select');
call append_only('refund');
call scope_table('cash_closing_refund', 'select, insert', '');
call append_only('cash_closing_refund');
