-- Why: what should be said to whom and when, and what became of each try. Rows, not delayed jobs: a row moves with the visit.
-- Locks: none, new tables only.
create table reminder_rule (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid, -- null: every branch
  days_before smallint not null check (days_before between 0 and 60),
  at_time time not null, -- the branch's wall clock
  channel text not null default 'sms' check (channel in ('sms', 'email')),
  active boolean not null default true,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id) references clinic,
  foreign key (clinic_id, branch_id) references branch
);

create table message_template (
  clinic_id uuid not null references clinic,
  kind text not null check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice')),
  channel text not null check (channel in ('sms', 'email')),
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  subject text not null default '' check (length(subject) <= 150),
  body text not null check (length(body) between 1 and 2000),
  version integer not null default 1,
  primary key (clinic_id, kind, channel, language)
);

create table reminder (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  appointment_starts_at timestamptz not null, -- a moved visit has reminders of its own
  rule_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  due_at timestamptz not null,
  state text not null default 'planned' check (state in ('planned', 'queued', 'done', 'skipped')),
  skip_reason text,
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointment,
  constraint reminder_once unique (clinic_id, appointment_id, appointment_starts_at, rule_id, channel),
  constraint reminder_skipped_has_reason check ((state = 'skipped') = (skip_reason is not null))
);
create index reminder_by_time on reminder (clinic_id, due_at, id);
create index reminder_due on reminder (due_at) where state = 'planned';

create table message (
  clinic_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice')),
  channel text not null check (channel in ('sms', 'email')),
  patient_id uuid not null,
  appointment_id uuid,
  appointment_starts_at timestamptz, -- the start that the text speaks of
  reminder_id uuid,
  invoice_id uuid,
  dedupe_key text not null, -- one message per reason, however often the reason is found
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  to_address text not null,
  subject text not null default '',
  body text not null,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped')),
  not_before timestamptz not null,
  useful_until timestamptz, -- later than this it is skipped, not sent
  attempt smallint not null default 0,
  lease_until timestamptz, -- the machine's clock: of a `sending`, its sender's; of an `unknown`, the next look at the provider's list
  first_tried_at timestamptz, -- the machine's clock, to compare with the provider's
  lookups smallint not null default 0, -- how often the provider's list was searched for it in vain
  sent_at timestamptz,
  settled_at timestamptz,
  provider_id text,
  provider_status text,
  error_code text,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, reminder_id) references reminder,
  foreign key (clinic_id, invoice_id) references invoice,
  constraint message_once unique (clinic_id, dedupe_key)
);
create index message_to_send on message (not_before) where state = 'queued';
create index message_unsettled on message (lease_until) where state in ('sending', 'unknown');
create index message_by_appointment on message (clinic_id, appointment_id) where appointment_id is not null;
create index message_by_invoice on message (clinic_id, invoice_id) where invoice_id is not null;
create index message_by_patient on message (clinic_id, patient_id, created_at desc);
create index message_by_address on message (to_address, first_tried_at desc) where first_tried_at is not null; -- whom a reply answers
create index message_by_time on message (clinic_id, created_at desc, id);

-- What came back: receipts and replies, kept as they came; twice the same is once.
create table message_receipt (
  clinic_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  provider_id text not null,
  status text not null,
  error_code text,
  received_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, message_id) references message,
  constraint message_receipt_once unique (clinic_id, message_id, provider_id, status)
);

create table inbound_message (
  clinic_id uuid not null references clinic,
  id uuid not null,
  provider_id text not null,
  from_number text not null,
  body text not null,
  patient_id uuid,
  appointment_id uuid,
  understood_as text not null default 'unknown' check (understood_as in ('confirm', 'cancel', 'stop', 'start', 'unknown')),
  received_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, appointment_id) references appointment,
  constraint inbound_message_once unique (clinic_id, provider_id)
);

call scope_table('reminder_rule', 'select, insert, update', 'select');
call scope_table('message_template', 'select, insert, update', 'select');
call scope_table('reminder', 'select, insert, update', 'select, insert, update');
call scope_table('message', 'select, insert, update', 'select, insert, update');
call scope_table('message_receipt', 'select, insert', 'select, insert');
call append_only('message_receipt');
call scope_table('inbound_message', 'select, insert', 'select, insert');

-- The sweeps look over all clinics at once; what they find is then handled inside its own clinic.
create policy worker_walks on reminder for select to yoman_worker using (true);
create policy worker_walks on message for select to yoman_worker using (true);
-- A provider's callback knows a message's id and nothing else.
create function is_taking_callback() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'callback';
create policy callback on message for select to yoman_api using (is_taking_callback());
create policy callback on patient_phone for select to yoman_api using (is_taking_callback());
