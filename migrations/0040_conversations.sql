-- Why: what a number writes and what is written to it is one conversation, which somebody takes, answers and closes; an answer of
-- the desk's is a message like any other (kind `reply`). And texts that the desk uses often.
-- Locks: inbound_message and message are taken to the end of this file, while an index of each is built and the kinds of all messages
-- are looked at: for some seconds where there are millions. Nothing is lost meanwhile; who writes waits.
create table conversation (
  clinic_id uuid not null references clinic,
  id uuid not null,
  number text not null, -- E.164
  patient_id uuid, -- as the desk or the number's last visit says; null: nobody knows whose it is
  status text not null default 'open' check (status in ('open', 'answered', 'closed')),
  unread integer not null default 0 check (unread >= 0), -- what came since somebody looked
  taken_by uuid, -- who sees to it
  taken_at timestamptz,
  last_at timestamptz not null, -- of the newest word, in either direction
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, taken_by) references staff,
  constraint conversation_once unique (clinic_id, number),
  constraint conversation_taken_whole check ((taken_by is null) = (taken_at is null))
);
create index conversation_by_time on conversation (clinic_id, last_at desc, id);
create index conversation_by_patient on conversation (clinic_id, patient_id) where patient_id is not null;
-- What came before is a conversation too. It was read where replies were listed; what was asked of the desk in the week up to the newest of all stays open.
-- Whoever migrates owns the table and is no superuser: forced row security would show no row of any clinic.
alter table inbound_message no force row level security;
insert into conversation (clinic_id, id, number, patient_id, status, last_at, created_at)
select clinic_id, gen_random_uuid(), from_number, (array_agg(patient_id order by received_at desc) filter (where patient_id is not null))[1],
  case when max(received_at) filter (where understood_as in ('cancel', 'unknown')) > (select max(received_at) from inbound_message) - interval '7 days' then 'open' else 'closed' end,
  max(received_at), min(received_at)
from inbound_message group by clinic_id, from_number;
alter table inbound_message force row level security;
call scope_table('conversation', 'select, insert, update', 'select');

create index inbound_message_by_number on inbound_message (clinic_id, from_number, received_at desc);
create index message_by_number on message (clinic_id, to_address, created_at desc);

-- Adds one kind to those that there are, whichever migration added the others.
do $$
declare kinds text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'message_kind_check');
begin
  alter table message drop constraint message_kind_check;
  execute 'alter table message add constraint message_kind_check ' || regexp_replace(kinds, '\]\)\)\)( not valid)?$', ', ''reply''::text])))', 'i') || ' not valid';
end $$;
alter table message validate constraint message_kind_check;

create table quick_text (
  clinic_id uuid not null references clinic,
  items text[] not null default '{}' check (cardinality(items) <= 30),
  version integer not null default 1,
  primary key (clinic_id)
);
call scope_table('quick_text', 'select, insert, update', 'select');

-- A number that nobody knows is for the one clinic of a house that has but one.
create policy callback on clinic for select to yoman_api using (is_taking_callback());
