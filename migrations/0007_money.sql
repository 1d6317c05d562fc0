-- Why: documents that the tax authority accepts: numbered without gaps, never changed, corrected only by another one.
-- Locks: none, new tables only.

-- Dated, because the law changes by date. The same for every clinic.
create table vat_rate (
  valid_from date primary key,
  rate_basis_points integer not null check (rate_basis_points between 0 and 5000) -- 1800 is 18 %
);
insert into vat_rate values ('2015-10-01', 1700), ('2025-01-01', 1800);
grant select on vat_rate to yoman_api, yoman_worker;

-- The next number of each series, taken inside the issuing transaction: a sequence would leave gaps.
create table document_counter (
  clinic_id uuid not null references clinic,
  kind text not null check (kind in ('300', '305', '320', '330', '400')),
  last_number bigint not null default 0 check (last_number >= 0),
  primary key (clinic_id, kind)
);

create table invoice (
  clinic_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('300', '305', '320', '330', '400')), -- codes of the tax authority's uniform file
  number bigint not null check (number > 0),
  branch_id uuid not null,
  patient_id uuid not null,
  encounter_id uuid,
  appointment_id uuid,
  based_on_id uuid, -- the 300 that a 320 settles, the document that a 330 corrects
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  issued_at timestamptz not null,
  issued_on date not null, -- the branch's calendar day: the document's date
  vat_basis_points integer not null,
  net_agorot bigint not null,
  vat_agorot bigint not null,
  total_agorot bigint not null,
  business jsonb not null, -- name, VAT number and address as they were
  payer jsonb not null, -- name and address as they were
  issued_by uuid,
  original_made_at timestamptz, -- the one copy that says "original"
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, encounter_id) references encounter,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, based_on_id) references invoice,
  constraint invoice_number_once unique (clinic_id, kind, number),
  constraint invoice_adds_up check (net_agorot + vat_agorot = total_agorot)
);
create index invoice_by_patient on invoice (clinic_id, patient_id, issued_at desc);
create index invoice_by_time on invoice (clinic_id, issued_at desc, id);
create unique index invoice_once_per_visit on invoice (clinic_id, appointment_id) where appointment_id is not null and based_on_id is null and kind in ('300', '305', '320');
create index invoice_by_base on invoice (clinic_id, based_on_id) where based_on_id is not null;

create table invoice_line (
  clinic_id uuid not null,
  invoice_id uuid not null,
  line smallint not null check (line > 0),
  price_item_id uuid,
  description text not null check (length(description) between 1 and 200),
  quantity integer not null check (quantity between 1 and 999),
  unit_price_agorot bigint not null,
  total_agorot bigint not null,
  primary key (clinic_id, invoice_id, line),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, price_item_id) references price_item,
  constraint invoice_line_adds_up check (total_agorot = quantity * unit_price_agorot)
);

create table payment (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  appointment_id uuid,
  invoice_id uuid, -- the document that receipts it; null until that is issued
  method text not null check (method in ('cash', 'card', 'transfer', 'bit', 'cheque')),
  amount_agorot bigint not null check (amount_agorot > 0),
  reference text not null default '' check (length(reference) <= 120),
  received_at timestamptz not null,
  received_by uuid,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, invoice_id) references invoice
);
create index payment_by_appointment on payment (clinic_id, appointment_id);
create index payment_by_invoice on payment (clinic_id, invoice_id);

create function only_first_original() returns trigger language plpgsql as $$
begin
  if old.original_made_at is null and new.original_made_at is not null
     and to_jsonb(new) - 'original_made_at' = to_jsonb(old) - 'original_made_at' then return new; end if;
  raise exception 'append_only: an issued document is never changed' using errcode = 'restrict_violation';
end $$;
create trigger issued_is_final before update on invoice for each row execute function only_first_original();
create trigger issued_is_kept before delete on invoice for each row execute function refuse_change();

create function only_receipted() returns trigger language plpgsql as $$
begin
  if old.invoice_id is null and new.invoice_id is not null
     and to_jsonb(new) - 'invoice_id' = to_jsonb(old) - 'invoice_id' then return new; end if;
  raise exception 'append_only: a payment is never changed' using errcode = 'restrict_violation';
end $$;
create trigger payment_is_final before update on payment for each row execute function only_receipted();
create trigger payment_is_kept before delete on payment for each row execute function refuse_change();

call scope_table('document_counter', 'select, insert, update', 'select, insert, update');
call scope_table('invoice', 'select, insert, update', 'select, insert, update');
call scope_table('invoice_line', 'select, insert', 'select, insert');
call append_only('invoice_line');
call scope_table('payment', 'select, insert, update', 'select, update');
