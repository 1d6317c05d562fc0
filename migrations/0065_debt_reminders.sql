-- Why: who owes is reminded politely, in steps that the owner sets: by SMS, by e-mail with the document, and by a task of the desk to call.
-- What was done about a document is a row, once for each step: two workers, a crash or a second sweep find it. Nobody is reminded until the
-- owner turns it on; a patient may be left alone until a day, with a reason.
-- Locks: message to the end of this file, against everything: the wider check is validated by a look at all rows (a second or two where
-- there are millions). message_template, task and debt_setting for a moment.
do $$
declare
  kinds text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'message_kind_check');
  texts text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'message_template_kind_check');
begin
  alter table message drop constraint message_kind_check;
  execute 'alter table message add constraint message_kind_check ' || regexp_replace(kinds, '\]\)\)\)( not valid)?$', ', ''debt''::text])))', 'i') || ' not valid';
  alter table message_template drop constraint message_template_kind_check;
  execute 'alter table message_template add constraint message_template_kind_check ' || regexp_replace(texts, '\]\)\)\)( not valid)?$', ', ''debt''::text])))', 'i') || ' not valid';
end $$;
alter table message validate constraint message_kind_check;
alter table message_template validate constraint message_template_kind_check;

alter table debt_setting add column reminding boolean not null default false;

create table debt_step (
  clinic_id uuid not null,
  step smallint not null check (step between 1 and 6),
  after_days smallint not null check (after_days between 0 and 730), -- since the day the document was due
  way text not null check (way in ('sms', 'email', 'call')),
  primary key (clinic_id, step),
  foreign key (clinic_id) references clinic
);
call scope_table('debt_step', 'select, insert, delete', 'select');

create table debt_reminder (
  clinic_id uuid not null,
  invoice_id uuid not null,
  step smallint not null,
  way text check (way in ('sms', 'email', 'call')), -- the one that was taken; null: none was possible
  message_id uuid,
  task_id uuid,
  skip_reason text,
  made_by uuid, -- null: the worker, at its time
  made_at timestamptz not null,
  primary key (clinic_id, invoice_id, step),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, message_id) references message,
  foreign key (clinic_id, task_id) references task,
  foreign key (clinic_id, made_by) references staff,
  constraint debt_reminder_done_one_way check (num_nonnulls(message_id, task_id, skip_reason) = 1 and (way is null) = (skip_reason is not null))
);
create index debt_reminder_by_message on debt_reminder (clinic_id, message_id) where message_id is not null;
create index debt_reminder_by_task on debt_reminder (clinic_id, task_id) where task_id is not null;
create index debt_reminder_by_staff on debt_reminder (clinic_id, made_by) where made_by is not null;
call scope_table('debt_reminder', 'select, insert', 'select, insert');
call append_only('debt_reminder');

create table debt_pause (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  until_on date not null, -- the last day on which nobody reminds
  reason text not null check (btrim(reason) <> '' and length(reason) <= 300),
  made_by uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, made_by) references staff
);
create index debt_pause_by_patient on debt_pause (clinic_id, patient_id, until_on) where ended_at is null;
create index debt_pause_by_staff on debt_pause (clinic_id, made_by);
call scope_table('debt_pause', 'select, insert, update', 'select');

-- The worker asks the desk to call, and sees promises to pay: who promised is left alone until then. See 0050 and 0062.
drop policy worker_of_messages on task;
create policy worker_of_messages on task as restrictive using (current_user <> 'yoman_worker' or coalesce(about in ('dead_address', 'untold', 'debt_call', 'promised_to_pay'), false))
  with check (current_user <> 'yoman_worker' or coalesce(about in ('dead_address', 'untold', 'debt_call'), false));
grant select (due_at) on task to yoman_worker;
