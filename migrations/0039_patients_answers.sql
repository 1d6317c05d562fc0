-- Why: a patient answers by the link of a visit, by words, or asks something; the desk reads and answers as a conversation.
-- Locks: event and inbound_message get a wider check each and are taken to the end of this file, while their rows are looked at: for
-- some seconds where there are millions. Every write leaves an event, so all wait that long: run it outside the clinic's hours.
alter table event drop constraint event_actor_kind_check;
alter table event add constraint event_actor_kind_check check (actor_kind in ('staff', 'system', 'anonymous', 'patient')) not valid;
alter table event validate constraint event_actor_kind_check;

-- The link of a visit at one time: a visit that moves has another one. Only the token's hash is kept.
create table visit_link (
  clinic_id uuid not null,
  appointment_id uuid not null,
  appointment_starts_at timestamptz not null,
  token_hash bytea not null,
  expires_at timestamptz not null, -- later it opens nothing at all
  created_at timestamptz not null,
  primary key (clinic_id, appointment_id, appointment_starts_at),
  foreign key (clinic_id, appointment_id) references appointment
);
create index visit_link_by_token on visit_link (token_hash);
call scope_table('visit_link', 'select, insert', 'select, insert');

-- A patient's link knows a token and nothing else: whose clinic is it?
create function is_answering_visit() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'visit';
create policy answering on visit_link for select to yoman_api using (is_answering_visit());

-- What patients may do by themselves. No row: as the defaults say.
create table answer_setting (
  clinic_id uuid not null references clinic,
  may_cancel boolean not null default true,
  cancel_hours smallint not null default 24 check (cancel_hours between 0 and 336), -- before the visit begins
  may_move boolean not null default true,
  move_hours smallint not null default 24 check (move_hours between 0 and 336),
  reply_cancels boolean not null default false, -- a "2" by SMS cancels; else the desk calls back
  version integer not null default 1,
  primary key (clinic_id)
);
call scope_table('answer_setting', 'select, insert, update', 'select');

-- Kinds of visits that differ from the usual: not to be moved by the patient, or not to be told more of than day, hour and place.
create table answer_visit_type (
  clinic_id uuid not null,
  visit_type_id uuid not null,
  may_move boolean not null default true,
  discreet boolean not null default false,
  primary key (clinic_id, visit_type_id),
  foreign key (clinic_id, visit_type_id) references visit_type
);
call scope_table('answer_visit_type', 'select, insert, update', 'select');

alter table inbound_message drop constraint inbound_message_understood_as_check;
alter table inbound_message add constraint inbound_message_understood_as_check check (understood_as in ('confirm', 'cancel', 'move', 'stop', 'start', 'unknown')) not valid;
alter table inbound_message validate constraint inbound_message_understood_as_check;
