-- Why: every clinic asks something that no vendor thought of. A clinic's own fields of patients, visits and notes, with who may see
-- and change each; their values, and every change of them. Clinical values are sealed as notes are; the others can be filtered by.
-- Locks: none, new tables only.
create table custom_field (
  clinic_id uuid not null references clinic,
  id uuid not null,
  subject text not null check (subject in ('patient', 'visit', 'note')),
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'), -- what calculations and imports call it
  kind text not null check (kind in ('text', 'number', 'date', 'choice', 'choices', 'file', 'calculated')),
  labels jsonb not null check (jsonb_typeof(labels) = 'object'), -- by language: he, en, ar, ru
  hints jsonb not null check (jsonb_typeof(hints) = 'object'),
  group_labels jsonb not null check (jsonb_typeof(group_labels) = 'object'),
  options jsonb not null default '[]' check (jsonb_typeof(options) = 'array'),
  unit text not null default '' check (length(unit) <= 20),
  formula text not null default '' check (length(formula) <= 500),
  sensitivity text not null check (sensitivity in ('desk', 'clinical', 'money', 'owner')),
  editors text[] not null default '{}' check (editors <@ '{owner,receptionist,doctor,hygienist,assistant,accountant}'::text[]), -- empty: whoever sees it and may write its class
  asked text not null default 'never' check (asked in ('first', 'each_visit', 'never')),
  raises_alert boolean not null default false, -- an answer to it is an alert; of choices, only those options that say so
  position integer not null default 0,
  retired_at timestamptz,
  version integer not null default 1,
  primary key (clinic_id, id),
  constraint custom_field_key_once unique (clinic_id, subject, key),
  constraint custom_field_calculated_whole check ((kind = 'calculated') = (formula <> '')),
  constraint custom_field_of_a_note_is_clinical check (subject <> 'note' or sensitivity = 'clinical')
);

create table custom_value (
  clinic_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  patient_id uuid not null,
  appointment_id uuid,
  encounter_id uuid,
  subject_id uuid not null generated always as (coalesce(encounter_id, appointment_id, patient_id)) stored,
  value jsonb, -- null where it is sealed, or was taken away
  value_sealed bytea, -- encrypted by the application
  source text not null check (source in ('desk', 'form', 'import')),
  recorded_by uuid, -- null: the patient
  recorded_at timestamptz not null,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, field_id) references custom_field,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, encounter_id) references encounter,
  foreign key (clinic_id, recorded_by) references staff,
  constraint custom_value_of_one check (appointment_id is null or encounter_id is null),
  constraint custom_value_in_one_place check (value is null or value_sealed is null),
  constraint custom_value_once unique (clinic_id, field_id, subject_id)
);
create index custom_value_by_patient on custom_value (clinic_id, patient_id);
create index custom_value_by_visit on custom_value (clinic_id, appointment_id) where appointment_id is not null;
create index custom_value_by_encounter on custom_value (clinic_id, encounter_id) where encounter_id is not null;
-- Filters ask by what a value begins with; a long text must not break the index.
create index custom_value_by_words on custom_value (clinic_id, field_id, left(value #>> '{}', 100)) where value is not null;

-- What a value was, and who said so. One row a change, the newest is what `custom_value` holds.
create table custom_value_change (
  clinic_id uuid not null,
  id uuid not null,
  value_id uuid not null,
  version integer not null check (version > 0),
  value jsonb,
  value_sealed bytea, -- encrypted by the application
  source text not null check (source in ('desk', 'form', 'import')),
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, value_id) references custom_value,
  foreign key (clinic_id, recorded_by) references staff,
  constraint custom_value_change_in_order unique (clinic_id, value_id, version)
);

call scope_table('custom_field', 'select, insert, update', 'select');
call scope_table('custom_value', 'select, insert, update', 'select');
call scope_table('custom_value_change', 'select, insert', '');
call append_only('custom_value_change');
