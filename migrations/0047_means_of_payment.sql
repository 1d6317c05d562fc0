-- Why: each means of payment has facts of its own (Income Tax bookkeeping rules §5(ב): of a cheque its number, bank, branch and due
-- date), and a cheque for a later day is receipted now (400) and taxed when it matures (305), once. The law's limit on cash has dates,
-- as VAT has. A credit note says why.
-- Locks: payment and invoice, against everything, for a moment: the columns are empty or constant, no row is written anew. The index
-- of maturing cheques is over cheques with a date alone, of which there are none yet; so is the one over tax invoices of cheques.

-- Law for Reducing the Use of Cash, §2 and first schedule: up to the price the whole deal may be paid in cash, above it a share of the
-- price, and never more than the most. The same for every clinic.
create table cash_limit (
  valid_from date primary key,
  free_price_agorot bigint not null check (free_price_agorot >= 0),
  share_basis_points integer not null check (share_basis_points between 0 and 10000), -- 1000 is a tenth
  most_agorot bigint not null check (most_agorot >= 0)
);
insert into cash_limit values ('2019-01-01', 1100000, 1000, 1100000), ('2022-08-01', 600000, 1000, 600000);
grant select on cash_limit to yoman_api, yoman_worker;

alter table payment
  add column cheque_number text check (cheque_number ~ '^[0-9]{1,10}$'),
  add column cheque_bank text check (cheque_bank ~ '^[0-9]{1,3}$'),
  add column cheque_branch text check (cheque_branch ~ '^[0-9]{1,4}$'),
  add column cheque_account text check (cheque_account ~ '^[0-9]{2,15}$'),
  add column cheque_due_on date,
  add column card_brand text check (card_brand in ('visa', 'mastercard', 'isracard', 'amex', 'diners', 'other')),
  add column card_last_four text check (card_last_four ~ '^[0-9]{4}$'),
  add column card_instalments smallint check (card_instalments between 1 and 36),
  -- Cheques of before this version have their facts in the reference.
  add constraint payment_cheque_whole check (num_nonnulls(cheque_number, cheque_bank, cheque_branch, cheque_account, cheque_due_on) = any (array[0, case when method = 'cheque' then 5 else 0 end])),
  add constraint payment_card_facts check (method = 'card' or num_nonnulls(card_brand, card_last_four, card_instalments) = 0);
create index payment_by_maturity on payment (clinic_id, cheque_due_on) where cheque_due_on is not null;

alter table invoice
  add column reason text not null default '' check (length(reason) <= 300),
  add column cheque_id uuid, -- the payment whose maturity a 305 taxes
  add foreign key (clinic_id, cheque_id) references payment,
  add constraint invoice_of_a_cheque check (cheque_id is null or (kind = '305' and based_on_id is not null));
create unique index invoice_once_per_cheque on invoice (clinic_id, cheque_id) where cheque_id is not null;
