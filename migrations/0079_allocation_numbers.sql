-- Why: a tax invoice to an authorised dealer over a sum needs a number of the Tax Authority before it leaves, or a decision of the clinic to let it
-- leave without. An issued document never changes, so what became of its number is a row beside it, with every answer that came (ADR 46).
create table allocation_threshold (
  valid_from date primary key,
  net_over_agorot bigint not null check (net_over_agorot >= 0)
);
insert into allocation_threshold values ('2024-05-05', 2500000), ('2025-01-01', 2000000), ('2026-01-01', 1000000), ('2026-06-01', 500000);
grant select on allocation_threshold to yoman_api, yoman_worker;

create table allocation_request (
  clinic_id uuid not null,
  invoice_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'asking', 'approved', 'refused', 'continued', 'cancelled')),
  problem text,
  number text check (number ~ '^[0-9]{9,40}$'),
  attempt integer not null default 0, -- which try this is; who settles names it
  next_at timestamptz, -- by the machine's clock; null: not by itself
  lease_until timestamptz, -- by the machine's clock; of somebody who asks
  asked_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid, -- null: the authority's answer
  reason text not null default '' check (length(reason) <= 300),
  primary key (clinic_id, invoice_id),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, settled_by) references staff,
  constraint allocation_number_of_approved check ((number is not null) = (state = 'approved')),
  constraint allocation_lease_of_asking check ((lease_until is not null) = (state = 'asking'))
);
create index allocation_request_due on allocation_request (next_at) where state in ('waiting', 'asking');

create table allocation_answer (
  clinic_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  attempt integer not null,
  answered_at timestamptz not null,
  outcome text not null check (outcome in ('approved', 'refused', 'unauthorised', 'unreachable', 'typed', 'continued', 'cancelled')),
  code integer,
  message text not null default '' check (length(message) <= 500),
  number text,
  made_by uuid, -- null: the authority
  primary key (clinic_id, id),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, made_by) references staff
);
create index allocation_answer_of on allocation_answer (clinic_id, invoice_id, answered_at);

-- The clinic's leave to ask. Its tokens are sealed under the clinic's key; a refresh token is used once, so one process at a time refreshes.
create table tax_authority_connection (
  clinic_id uuid primary key references clinic,
  state text not null default 'off' check (state in ('off', 'connecting', 'connected', 'expired')),
  tokens_sealed bytea,
  code_sealed bytea, -- of a consent that the worker is to exchange for tokens
  access_until timestamptz, -- by the machine's clock, as the next two
  refresh_until timestamptz,
  refreshing_until timestamptz, -- somebody asks for tokens until then
  consent_hash bytea, -- of the word that a consent under way comes back with
  consent_until timestamptz,
  connected_by uuid,
  connected_at timestamptz,
  version integer not null default 1,
  foreign key (clinic_id, connected_by) references staff,
  constraint connection_has_tokens check (state <> 'connected' or tokens_sealed is not null),
  constraint connection_has_code check ((state = 'connecting') = (code_sealed is not null))
);

call scope_table('allocation_request', 'select, insert, update', 'select, insert, update');
call scope_table('allocation_answer', 'select, insert', 'select, insert');
call append_only('allocation_answer');
call scope_table('tax_authority_connection', 'select, insert, update', 'select, update');
create policy worker_walks on allocation_request for select to yoman_worker using (true);
create policy worker_walks on tax_authority_connection for select to yoman_worker using (true);
