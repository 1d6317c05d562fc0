-- Why: what is seen of each tooth and what is meant for it, beside what was done; fillings have faces.
-- Locks: clinic and procedure_done, for a moment: columns with constant defaults, and checks that no row there can break.
alter table clinic add column dental boolean not null default true; -- whether teeth are charted

alter table procedure_done
  add column surfaces text not null default '' check (surfaces ~ '^M?O?D?B?L?$'),
  add constraint procedure_done_surfaces_of_a_tooth check (surfaces = '' or tooth is not null);

create table tooth_finding (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  tooth text not null check (tooth ~ '^([1-4][1-8]|[5-8][1-5])$'), -- ISO 3950
  kind text not null check (kind in ('caries', 'fracture', 'filling', 'sealant', 'veneer', 'crown', 'bridge', 'root_canal', 'implant', 'denture', 'missing', 'unerupted', 'extraction')),
  state text not null check (state in ('existing', 'planned')),
  surfaces text not null default '' check (surfaces ~ '^M?O?D?B?L?$'),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  ended_as text check (ended_as in ('done', 'changed', 'mistake')),
  ended_by uuid,
  ended_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, recorded_by) references staff,
  foreign key (clinic_id, ended_by) references staff,
  constraint tooth_finding_ended_whole check ((ended_as is null) = (ended_at is null) and (ended_as is null) = (ended_by is null))
);
create index tooth_finding_by_patient on tooth_finding (clinic_id, patient_id);
-- The same thing is not noted twice by two people, or by one press too many.
create unique index tooth_finding_once on tooth_finding (clinic_id, patient_id, tooth, kind, state, surfaces) where ended_at is null;

call scope_table('tooth_finding', 'select, insert, update', 'select');
