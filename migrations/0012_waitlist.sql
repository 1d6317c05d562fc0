-- Why: who waits for a place or for an earlier one, which places came free, and to whom they are offered until when.
-- Locks: message and message_template get a wider check of their kinds, message a column that may be null. Each takes the table
-- for a moment; the old rows are looked at by `validate` afterwards, while others read and write.
create table waitlist_entry (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  patient_id uuid not null,
  visit_type_id uuid not null,
  duration_minutes smallint check (duration_minutes between 5 and 720), -- null: as long as visits of its kind are
  weekdays smallint[] not null default '{}' check (weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]), -- ISO; empty: any day
  parts text[] not null default '{}' check (parts <@ '{morning,afternoon,evening}'::text[]), -- empty: any part of the day
  urgency text not null default 'normal' check (urgency in ('normal', 'soon', 'urgent')),
  until_date date, -- the last day that still helps
  note text not null default '' check (length(note) <= 500),
  appointment_id uuid, -- a visit that the patient has already and that shall move
  status text not null default 'open' check (status in ('open', 'booked', 'done', 'removed', 'expired')),
  booked_id uuid, -- the visit that came of it
  waiting_since timestamptz not null,
  closed_at timestamptz,
  version integer not null default 1,
  created_by uuid,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, visit_type_id) references visit_type,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, booked_id) references appointment,
  constraint waitlist_entry_closed_whole check ((status = 'open') = (closed_at is null)),
  constraint waitlist_entry_booked_whole check ((status = 'booked') = (booked_id is not null))
);
create index waitlist_entry_open on waitlist_entry (clinic_id, branch_id, waiting_since) where status = 'open';
create index waitlist_entry_by_patient on waitlist_entry (clinic_id, patient_id);
-- A visit waits for an earlier place once.
create unique index waitlist_entry_once_per_visit on waitlist_entry (clinic_id, appointment_id) where status = 'open' and appointment_id is not null;

-- Whom the patient would come to; none: to anyone.
create table waitlist_practitioner (
  clinic_id uuid not null,
  entry_id uuid not null,
  practitioner_id uuid not null,
  primary key (clinic_id, entry_id, practitioner_id),
  foreign key (clinic_id, entry_id) references waitlist_entry on delete cascade,
  foreign key (clinic_id, practitioner_id) references practitioner
);

-- A place that came free while somebody waited. Whether it still is free, the allocations say.
create table waitlist_place (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  practitioner_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  freed_at timestamptz not null,
  dismissed_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, practitioner_id) references practitioner,
  constraint waitlist_place_once unique (clinic_id, practitioner_id, starts_at),
  constraint waitlist_place_ends_after_start check (ends_at > starts_at)
);
create index waitlist_place_to_come on waitlist_place (clinic_id, branch_id, starts_at) where dismissed_at is null;

-- One place offered to one who waits. Several may be asked at once: they share the hold, and one of them can take it.
create table waitlist_offer (
  clinic_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  hold_id uuid not null,
  told_by text not null check (told_by in ('sms', 'phone')),
  status text not null default 'open' check (status in ('open', 'taken', 'declined', 'lost', 'expired', 'withdrawn')),
  token_hash bytea, -- of the link's token; by phone there is no link
  expires_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid,
  answered_at timestamptz,
  answered_by text check (answered_by in ('patient', 'desk')),
  primary key (clinic_id, id),
  foreign key (clinic_id, entry_id) references waitlist_entry,
  foreign key (clinic_id, hold_id) references appointment,
  constraint waitlist_offer_once unique (clinic_id, hold_id, entry_id),
  constraint waitlist_offer_answered_whole check ((answered_at is null) = (status = 'open')),
  constraint waitlist_offer_link check ((told_by = 'sms') = (token_hash is not null))
);
-- The first valid answer wins, whoever asks at the same moment.
create unique index waitlist_offer_taken_once on waitlist_offer (clinic_id, hold_id) where status = 'taken';
create index waitlist_offer_open on waitlist_offer (clinic_id, expires_at) where status = 'open';
create index waitlist_offer_by_entry on waitlist_offer (clinic_id, entry_id);
create index waitlist_offer_by_answer on waitlist_offer (clinic_id, answered_at) where answered_at is not null;
create index waitlist_offer_by_token on waitlist_offer (token_hash) where token_hash is not null;

create table waitlist_setting (
  clinic_id uuid not null references clinic,
  offer_minutes smallint not null default 15 check (offer_minutes between 5 and 240),
  offer_next boolean not null default false, -- when nobody took a place, ask the next one without the desk
  version integer not null default 1,
  primary key (clinic_id)
);

call scope_table('waitlist_entry', 'select, insert, update', 'select, update');
call scope_table('waitlist_practitioner', 'select, insert, delete', 'select');
call scope_table('waitlist_place', 'select, insert, update', 'select, insert, update');
call scope_table('waitlist_offer', 'select, insert, update', 'select, insert, update');
call scope_table('waitlist_setting', 'select, insert, update', 'select');

-- A patient's link knows a token and nothing else: whose clinic is it?
create function is_answering_offer() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'offer';
create policy answering on waitlist_offer for select to yoman_api using (is_answering_offer());

alter table message add column offer_id uuid; -- the offer that it carries
alter table message add foreign key (clinic_id, offer_id) references waitlist_offer not valid;
alter table message validate constraint message_clinic_id_offer_id_fkey;
alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer')) not valid;
alter table message validate constraint message_kind_check;
alter table message_template drop constraint message_template_kind_check;
alter table message_template add constraint message_template_kind_check check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer'));
create index message_by_offer on message (clinic_id, offer_id) where offer_id is not null;
