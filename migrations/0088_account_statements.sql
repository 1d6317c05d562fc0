-- Why: whoever owes something gets a statement of account once a month, as a PDF by e-mail, without anyone doing anything: what was issued and
-- received in the month, and what is open. What stood on it is kept, so that every try sends the same and the desk sees what was sent.
-- Once for each reader and month: two workers, a crash or a second sweep find the row.
-- Locks: message and message_template to the end of this file, against everything: the wider checks are validated by a look at all rows (a second
-- or two where there are millions).
do $$
declare
  kinds text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'message_kind_check');
  texts text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'message_template_kind_check');
begin
  alter table message drop constraint message_kind_check;
  execute 'alter table message add constraint message_kind_check ' || regexp_replace(kinds, '\]\)\)\)( not valid)?$', ', ''statement''::text])))', 'i') || ' not valid';
  alter table message_template drop constraint message_template_kind_check;
  execute 'alter table message_template add constraint message_template_kind_check ' || regexp_replace(texts, '\]\)\)\)( not valid)?$', ', ''statement''::text])))', 'i') || ' not valid';
end $$;
alter table message validate constraint message_kind_check;
alter table message_template validate constraint message_template_kind_check;

create table statement_setting (
  clinic_id uuid primary key references clinic,
  readers text not null default 'nobody' check (readers in ('nobody', 'owing', 'moved')), -- who owes; or also whoever had a document in the month
  day smallint not null default 1 check (day between 1 and 21), -- of the month after
  version integer not null default 1
);
call scope_table('statement_setting', 'select, insert, update', 'select');

create table account_statement (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null, -- who reads it: whoever pays for the accounts on it
  month date not null check (month = date_trunc('month', month)::date),
  content jsonb not null, -- as it was written, in the reader's language
  owed_agorot bigint not null check (owed_agorot >= 0),
  skip_reason text check (length(skip_reason) between 1 and 60), -- why it was not mailed; null: it was, see message
  made_by uuid, -- null: the worker, at its time
  made_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, made_by) references staff
);
create unique index account_statement_once on account_statement (clinic_id, patient_id, month) where made_by is null;
create index account_statement_by_month on account_statement (clinic_id, month, patient_id);
create index account_statement_by_staff on account_statement (clinic_id, made_by) where made_by is not null;
call scope_table('account_statement', 'select, insert', 'select, insert');
call append_only('account_statement');

alter table message add column statement_id uuid;
alter table message add foreign key (clinic_id, statement_id) references account_statement;
create index message_by_statement on message (clinic_id, statement_id) where statement_id is not null;
