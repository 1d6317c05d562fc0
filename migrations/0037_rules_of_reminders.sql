-- Why: a rule may be for some kinds of visit, and names a second way where the first one is known to have failed. A patient may want no
-- reminders, only e-mail, or an earlier one besides. How long a notice waits, and what an SMS costs, is the clinic's to say.
-- Locks: reminder_rule and reminder for a moment (columns with a constant default or none rewrite nothing); new tables otherwise.
alter table reminder_rule add column fallback_channels text[] not null default '{}';
alter table reminder_rule add constraint reminder_rule_channels_once check (fallback_channels <@ '{sms,email}'::text[] and not channel = any(fallback_channels) and cardinality(fallback_channels) <= 1);

-- Without a row a rule is for every kind of visit.
create table reminder_rule_visit_type (
  clinic_id uuid not null,
  rule_id uuid not null,
  visit_type_id uuid not null,
  primary key (clinic_id, rule_id, visit_type_id),
  foreign key (clinic_id, rule_id) references reminder_rule,
  foreign key (clinic_id, visit_type_id) references visit_type
);
create index reminder_rule_visit_type_by_type on reminder_rule_visit_type (clinic_id, visit_type_id);
call scope_table('reminder_rule_visit_type', 'select, insert, delete', 'select');

-- The reminder whose way failed. One goes on once: whoever hears of the failure a second time finds the row.
alter table reminder add column fallback_of uuid;
alter table reminder add foreign key (clinic_id, fallback_of) references reminder not valid;
alter table reminder validate constraint reminder_clinic_id_fallback_of_fkey;
create unique index reminder_falls_back_once on reminder (clinic_id, fallback_of) where fallback_of is not null;

create table reminder_wish (
  clinic_id uuid not null,
  id uuid not null, -- stands for the rule in reminders that are the patient's own wish
  patient_id uuid not null,
  reminders text not null check (reminders in ('usual', 'email', 'none')),
  extra_days_before smallint check (extra_days_before between 1 and 60),
  extra_at_time time, -- the branch's wall clock
  version integer not null default 1,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, written_by) references staff,
  constraint reminder_wish_once unique (clinic_id, patient_id),
  constraint reminder_wish_extra_whole check ((extra_days_before is null) = (extra_at_time is null)),
  constraint reminder_wish_none_is_none check (reminders <> 'none' or extra_days_before is null)
);
call scope_table('reminder_wish', 'select, insert, update', 'select');

create table reminder_setting (
  clinic_id uuid not null references clinic,
  grace_minutes smallint not null default 3 check (grace_minutes between 0 and 15), -- so long a notice of a change waits before it leaves
  sms_part_price integer check (sms_part_price between 0 and 10000), -- of one part, in thousandths of a shekel; null: not known
  version integer not null default 1,
  primary key (clinic_id)
);
call scope_table('reminder_setting', 'select, insert, update', 'select');
