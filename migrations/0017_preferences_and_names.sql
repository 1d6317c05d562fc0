-- Why: what each person likes on their own screens; what they have seen of the others' changes in a diary; names that
--      English screens and messages can show; patients are found by their day of birth.
-- Locks: clinic, branch and staff for a moment (new columns with a constant default); event and patient against
--        writes while their new index is built, some seconds for millions of rows.
create table staff_preference (
  clinic_id uuid not null,
  staff_id uuid not null,
  preferences jsonb not null default '{}', -- what is missing is as the program has it
  changed_at timestamptz not null,
  primary key (clinic_id, staff_id),
  foreign key (clinic_id, staff_id) references staff on delete cascade,
  constraint staff_preference_is_small check (jsonb_typeof(preferences) = 'object' and pg_column_size(preferences) <= 65536)
);

-- How far somebody has read the changes of a branch's diary. By the order of events, not by the clock, which a demo moves.
create table diary_look (
  clinic_id uuid not null,
  staff_id uuid not null,
  branch_id uuid not null,
  seen_seq bigint not null,
  looked_at timestamptz not null,
  primary key (clinic_id, staff_id, branch_id),
  foreign key (clinic_id, staff_id) references staff on delete cascade,
  foreign key (clinic_id, branch_id) references branch on delete cascade
);

call scope_table('staff_preference', 'select, insert, update', '');
call scope_table('diary_look', 'select, insert, update', '');

-- Empty: the name itself is shown.
alter table clinic add column name_en text not null default '' constraint clinic_name_en_length check (length(name_en) <= 200);
alter table branch add column name_en text not null default '' constraint branch_name_en_length check (length(name_en) <= 200);
alter table staff add column name_en text not null default '' constraint staff_name_en_length check (length(name_en) <= 120);

create index event_by_branch on event (clinic_id, branch_id, seq desc) where branch_id is not null;
create index patient_by_birth_date on patient (clinic_id, birth_date, family_name, given_name, id);
