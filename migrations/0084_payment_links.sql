-- Why: a patient pays what is owed on a page of a payment provider, by a link that the desk sends. A link is a row of its own: what it asks for, where
-- it stands at the provider, and which money came by it. Money that is not what was asked for is kept until somebody decides (ADR 49).
-- Locks: message until its wider check is validated (a second or two where there are millions); payment and task for a moment.
do $$
declare
  kinds text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'message_kind_check');
begin
  alter table message drop constraint message_kind_check;
  execute 'alter table message add constraint message_kind_check ' || regexp_replace(kinds, '\]\)\)\)( not valid)?$', ', ''payment_link''::text])))', 'i') || ' not valid';
end $$;
alter table message validate constraint message_kind_check;

-- The clinic's account at its provider. Its keys are sealed under the clinic's key; the word of the address that callbacks come to is found by its hash.
create table payment_provider_connection (
  clinic_id uuid primary key references clinic,
  provider text not null default 'payplus' check (provider in ('payplus')),
  state text not null default 'off' check (state in ('off', 'checking', 'connected', 'refused')),
  keys_sealed bytea,
  token_sealed bytea,
  token_hash bytea,
  problem text,
  attempt integer not null default 0,
  next_at timestamptz, -- by the machine's clock: when the keys are tried
  lease_until timestamptz, -- by the machine's clock; of somebody who tries them
  connected_by uuid,
  connected_at timestamptz,
  version integer not null default 1,
  foreign key (clinic_id, connected_by) references staff,
  constraint payment_provider_has_keys check ((state = 'off') = (keys_sealed is null) and (state = 'off') = (token_sealed is null) and (state = 'off') = (token_hash is null))
);
create unique index payment_provider_by_token on payment_provider_connection (token_hash) where token_hash is not null;

create table payment_link (
  clinic_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  amount_agorot bigint not null check (amount_agorot > 0),
  ways text[] not null check (ways <@ array['sms', 'email'] and cardinality(ways) between 1 and 2),
  state text not null default 'requested' check (state in ('requested', 'open', 'ending', 'paid', 'expired', 'cancelled', 'failed', 'different')),
  problem text,
  page_id text check (length(page_id) <= 200), -- the provider's
  url text check (length(url) <= 500),
  version integer not null default 0, -- which look this is; who settles names it
  tries integer not null default 0, -- of the provider, since it last answered
  looks integer not null default 0, -- at an open page
  hints integer not null default 0, -- how often somebody said that there is something to look at
  next_at timestamptz, -- by the machine's clock; null: not by itself
  lease_until timestamptz, -- by the machine's clock; of somebody who asks the provider
  requested_by uuid,
  requested_at timestamptz not null,
  expires_at timestamptz not null, -- by the business clock
  settled_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, requested_by) references staff,
  constraint payment_link_page_of_open check (state <> 'open' or (page_id is not null and url is not null)),
  constraint payment_link_settled_when_over check ((settled_at is null) = (state in ('requested', 'open', 'ending')))
);
-- A document has one link that can bring money.
create unique index payment_link_once on payment_link (clinic_id, invoice_id) where state in ('requested', 'open');
create unique index payment_link_by_page on payment_link (clinic_id, page_id) where page_id is not null;
create index payment_link_by_invoice on payment_link (clinic_id, invoice_id, requested_at desc);
create index payment_link_by_staff on payment_link (clinic_id, requested_by) where requested_by is not null;
create index payment_link_due on payment_link (next_at) where next_at is not null;
create index payment_link_expiring on payment_link (expires_at) where state = 'open';

-- A transaction of the provider, once. `heard`: a callback named it, and the provider is still to be asked. `nothing`: it knows of no such money.
create table payment_link_money (
  clinic_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  transaction_id text not null check (length(transaction_id) between 1 and 100),
  state text not null check (state in ('heard', 'nothing', 'booked', 'different', 'taken', 'returned')),
  why text,
  amount_agorot bigint,
  currency text not null default '' check (length(currency) <= 8),
  method text check (method in ('card', 'bit')),
  approval text not null default '' check (length(approval) <= 40),
  last_four text check (last_four ~ '^[0-9]{4}$'),
  brand text check (brand in ('visa', 'mastercard', 'isracard', 'amex', 'diners', 'other')),
  instalments smallint check (instalments between 1 and 36),
  heard_at timestamptz not null,
  known_at timestamptz, -- when the provider said that it came
  decided_at timestamptz,
  decided_by uuid,
  reason text not null default '' check (length(reason) <= 300),
  primary key (clinic_id, id),
  foreign key (clinic_id, link_id) references payment_link,
  foreign key (clinic_id, decided_by) references staff,
  constraint payment_link_money_once unique (clinic_id, transaction_id),
  constraint payment_link_money_known check ((known_at is null) = (state in ('heard', 'nothing')) and (known_at is null) = (method is null)),
  constraint payment_link_money_decided check ((decided_at is not null) = (state in ('taken', 'returned')) and (decided_by is not null) = (decided_at is not null))
);
create index payment_link_money_by_link on payment_link_money (clinic_id, link_id, heard_at);
create index payment_link_money_by_staff on payment_link_money (clinic_id, decided_by) where decided_by is not null;
create index payment_link_money_open on payment_link_money (clinic_id, known_at) where state = 'different';
create unique index payment_link_booked_once on payment_link_money (clinic_id, link_id) where state = 'booked'; -- a link brings its sum by itself once

-- Money of a link lies with the provider, in nobody's drawer. One transaction is one payment.
alter table payment add column link_money_id uuid, add foreign key (clinic_id, link_money_id) references payment_link_money;
create unique index payment_of_link_once on payment (clinic_id, link_money_id) where link_money_id is not null;

call scope_table('payment_provider_connection', 'select, insert, update', 'select, update');
call scope_table('payment_link', 'select, insert, update', 'select, update');
call scope_table('payment_link_money', 'select, insert, update', 'select, insert, update');
create policy worker_walks on payment_link for select to yoman_worker using (true);
create policy worker_walks on payment_provider_connection for select to yoman_worker using (true);
-- A provider's callback knows the word of its address and nothing else.
create policy callback on payment_provider_connection for select to yoman_api using (is_taking_callback());
grant insert on payment to yoman_worker;

-- The worker, which books the money, ends what asked the patient for it. See 0065.
drop policy worker_of_messages on task;
create policy worker_of_messages on task as restrictive using (current_user <> 'yoman_worker' or coalesce(about in ('dead_address', 'untold', 'debt_call', 'promised_to_pay'), false))
  with check (current_user <> 'yoman_worker' or coalesce(about in ('dead_address', 'untold', 'debt_call') or (about = 'promised_to_pay' and status <> 'open'), false));
drop policy worker_opens on task;
create policy worker_opens on task as restrictive for update using (true) with check (current_user <> 'yoman_worker'
  or (closed_by is null and (status = 'open' or closed_because is not distinct from 'changed' or (status = 'kept' and about in ('untold', 'promised_to_pay', 'debt_call')))));
