-- Why: an employer, an insurer, a health fund or another clinic pays for a visit, and its document names it: a tax invoice to a dealer shows the
-- dealer's number. Whom a visit is billed to is chosen before its document, for the visit or for all visits of a patient.
-- Locks: invoice for an instant; no row is written.
create table organisation (
  clinic_id uuid not null references clinic,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  name_latin text not null default '' check (length(name_latin) <= 120),
  dealer_number text not null default '' check (dealer_number ~ '^([0-9]{9})?$'), -- of an authorised dealer; empty: it is none
  address text not null default '' check (length(address) <= 200),
  email text not null default '' check (length(email) <= 254),
  takes_email boolean not null default false, -- agreed beforehand to documents by e-mail (bookkeeping instructions §18ב)
  language text not null default 'he' check (language in ('he', 'en')),
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (clinic_id, id)
);

create table patient_payer (
  clinic_id uuid not null,
  patient_id uuid not null,
  organisation_id uuid not null,
  primary key (clinic_id, patient_id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, organisation_id) references organisation
);

-- No row: as for all visits of the patient.
create table visit_payer (
  clinic_id uuid not null,
  appointment_id uuid not null,
  organisation_id uuid, -- null: the patient
  chosen_by uuid not null,
  chosen_at timestamptz not null,
  primary key (clinic_id, appointment_id),
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, organisation_id) references organisation,
  foreign key (clinic_id, chosen_by) references staff
);

call scope_table('organisation', 'select, insert, update', 'select');
call scope_table('patient_payer', 'select, insert, update, delete', 'select');
call scope_table('visit_payer', 'select, insert, update', 'select');

alter table invoice add column organisation_id uuid;
alter table invoice add foreign key (clinic_id, organisation_id) references organisation;
