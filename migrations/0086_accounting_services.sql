-- Why: each issued document's journal entry goes by itself to the service that the clinic's accountant keeps the ledger in, exactly once, and what the
-- service holds is read back and compared. What was sent never changes: the bytes are kept, and every try with its answer. ADR 50.
-- Locks: document_counter for a moment, for a policy; all else is new tables.
create table accounting_connection (
  clinic_id uuid not null references clinic,
  id uuid not null,
  service text not null check (service in ('priority', 'hashavshevet')),
  address text not null check (length(address) between 1 and 300),
  company text not null check (length(company) between 1 and 100),
  state text not null check (state in ('off', 'testing', 'connected', 'refused', 'reconnect')),
  problem text check (problem in ('unauthorised', 'unreachable', 'rejected')),
  message text not null default '' check (length(message) <= 500),
  secret_sealed bytea,
  accounts jsonb not null, -- the service's key of each account of ours
  first_on date not null, -- documents of this day and later are sent
  vat_number text not null, -- the business whose documents they are
  queued jsonb not null default '{}', -- the last number of each kind that was looked at
  connected_by uuid not null,
  connected_at timestamptz not null,
  test_at timestamptz, -- by the machine's clock, as all times below but read_at; null: nothing to look at
  test_lease_until timestamptz,
  read_at timestamptz, -- when the ledger was last read back
  read_problem text check (read_problem in ('unreachable', 'rejected')),
  read_message text not null default '' check (length(read_message) <= 500),
  read_from date, -- the period that somebody asked for; null: the usual one
  read_to date,
  read_next_at timestamptz,
  read_lease_until timestamptz,
  read_attempt integer not null default 0, -- who settles names it
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, connected_by) references staff,
  constraint accounting_secret_while_open check ((secret_sealed is null) = (state = 'off'))
);
create unique index accounting_connection_one on accounting_connection (clinic_id) where state <> 'off';

create table accounting_entry (
  clinic_id uuid not null,
  connection_id uuid not null,
  invoice_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'accepted', 'different', 'missing', 'refused')),
  problem text check (problem in ('reconnect', 'unreachable', 'unknown_account', 'rejected')),
  message text not null default '' check (length(message) <= 500),
  account text check (length(account) <= 30), -- the key that the service does not have
  differences text[] not null default '{}',
  reference text,
  payload text, -- what is sent, byte by byte
  payload_hash text check (payload_hash ~ '^[0-9a-f]{64}$'),
  total_agorot bigint not null default 0,
  service_id text check (length(service_id) <= 100),
  held jsonb, -- as the service showed it last
  held_agorot bigint,
  attempt integer not null default 0, -- which try this is; who settles names it
  next_at timestamptz, -- by the machine's clock, as the next two; null: not by itself
  lease_until timestamptz,
  sent_at timestamptz,
  queued_at timestamptz not null,
  primary key (clinic_id, connection_id, invoice_id),
  foreign key (clinic_id, connection_id) references accounting_connection,
  foreign key (clinic_id, invoice_id) references invoice,
  constraint accounting_lease_of_sending check ((lease_until is not null) = (state = 'sending')),
  constraint accounting_payload_of_sent check (payload is not null or state in ('waiting', 'refused')),
  constraint accounting_payload_whole check (num_nulls(payload, payload_hash, reference) in (0, 3))
);
create index accounting_entry_due on accounting_entry (next_at) where state in ('waiting', 'sending');
create index accounting_entry_by_reference on accounting_entry (clinic_id, reference);
create index accounting_entry_by_invoice on accounting_entry (clinic_id, invoice_id);

-- What the service may hold stays as it was sent; only what it refused may be made anew, for other accounts.
create function keep_accounting_payload() returns trigger language plpgsql as $$
begin
  if old.payload is not null and new.payload is distinct from old.payload and old.state <> 'refused' then
    raise exception 'append_only: an entry that was sent does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger payload_is_kept before update on accounting_entry for each row execute function keep_accounting_payload();

create table accounting_attempt (
  clinic_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  invoice_id uuid not null,
  attempt integer not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('accepted', 'found', 'refused', 'unauthorised', 'unreachable', 'asked_again', 'read_accepted', 'read_different', 'read_missing')),
  payload_hash text,
  service_id text,
  message text not null default '' check (length(message) <= 500),
  made_by uuid, -- null: the system
  primary key (clinic_id, id),
  foreign key (clinic_id, connection_id, invoice_id) references accounting_entry,
  foreign key (clinic_id, made_by) references staff
);
create index accounting_attempt_of on accounting_attempt (clinic_id, connection_id, invoice_id, at);

-- Entries of the ledger that no document of ours stands behind, as of the last reading.
create table accounting_stranger (
  clinic_id uuid not null,
  connection_id uuid not null,
  service_id text not null check (length(service_id) <= 100),
  day date not null,
  reference text not null check (length(reference) <= 250),
  total_agorot bigint not null,
  seen_at timestamptz not null,
  primary key (clinic_id, connection_id, service_id),
  foreign key (clinic_id, connection_id) references accounting_connection
);
create index accounting_stranger_by_day on accounting_stranger (clinic_id, connection_id, day);

call scope_table('accounting_connection', 'select, insert, update', 'select, update');
call scope_table('accounting_entry', 'select, update', 'select, insert, update');
call scope_table('accounting_attempt', 'select, insert', 'select, insert');
call append_only('accounting_attempt');
call scope_table('accounting_stranger', 'select', 'select, insert, delete');
create policy worker_walks on accounting_connection for select to yoman_worker using (true);
create policy worker_walks on accounting_entry for select to yoman_worker using (true);
-- How far each series has come, so that the worker opens only the clinics that issued something: numbers alone.
create policy worker_walks on document_counter for select to yoman_worker using (true);
