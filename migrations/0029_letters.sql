-- Why: referrals, sick notes, prescriptions and summaries, written from the clinic's own texts and kept as they were signed.
-- Locks: attachment, for a moment and then for reading of its rows while the new check is proved; new tables.
alter table attachment drop constraint attachment_kind_check;
alter table attachment add constraint attachment_kind_check check (kind in ('x_ray', 'photo', 'referral', 'form_17', 'lab', 'form', 'letter', 'administrative', 'other')) not valid;
alter table attachment validate constraint attachment_kind_check;

-- The clinic's own text in place of the one that is shipped; each change is a version of its own.
create table letter_template (
  clinic_id uuid not null references clinic,
  kind text not null check (kind in ('referral', 'sick_note', 'prescription', 'summary')),
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  seq integer not null check (seq > 0),
  title text not null check (length(title) between 1 and 120),
  body text not null check (length(body) <= 6000),
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (clinic_id, kind, language, seq),
  foreign key (clinic_id, written_by) references staff
);

create table letter (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  encounter_id uuid,
  kind text not null check (kind in ('referral', 'sick_note', 'prescription', 'summary')),
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  template_seq integer not null constraint letter_begun_from check (template_seq >= 0), -- 0: the shipped text
  content_sealed bytea not null, -- encrypted by the application
  content_hash bytea not null check (length(content_hash) = 32),
  signed_by uuid not null,
  signed_at timestamptz not null,
  attachment_id uuid not null, -- the document in the record; filed right after, so no reference
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, encounter_id) references encounter,
  foreign key (clinic_id, signed_by) references staff
);
create index letter_by_patient on letter (clinic_id, patient_id, signed_at desc);

call scope_table('letter_template', 'select, insert', 'select');
call append_only('letter_template');
call scope_table('letter', 'select, insert', '');
call append_only('letter');
