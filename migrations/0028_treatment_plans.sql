-- Why: what is offered to a patient, in phases with prices; what was agreed with a signature stays as it was, and what was agreed
-- but never booked is not forgotten.
-- Locks: appointment, against writing, while the small index of ordered visits is built; else new tables only.
create table treatment_plan (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  branch_id uuid not null,
  title text not null check (length(title) between 1 and 120),
  remarks_sealed bytea not null, -- encrypted by the application; clinical, never shown to the patient
  status text not null default 'draft' check (status in ('draft', 'offered', 'accepted', 'declined', 'replaced', 'closed', 'done')),
  edition integer not null default 1 check (edition > 0),
  replaces_id uuid,
  written_by uuid not null,
  created_at timestamptz not null,
  offered_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  reason text not null default '' check (length(reason) <= 300), -- why it was declined or closed
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, replaces_id) references treatment_plan,
  foreign key (clinic_id, written_by) references staff,
  constraint treatment_plan_edition_whole check ((edition = 1) = (replaces_id is null)),
  constraint treatment_plan_answered_whole check (status not in ('accepted', 'declined') or answered_at is not null),
  constraint treatment_plan_ended_whole check ((status in ('replaced', 'closed', 'done')) = (ended_at is not null))
);
create index treatment_plan_by_patient on treatment_plan (clinic_id, patient_id, created_at);
create index treatment_plan_accepted on treatment_plan (clinic_id, answered_at) where status = 'accepted';
-- A plan is revised by one hand at a time.
create unique index treatment_plan_one_revision on treatment_plan (clinic_id, replaces_id) where status not in ('declined', 'closed');

create table treatment_plan_phase (
  clinic_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  position smallint not null check (position between 1 and 12),
  title text not null check (length(title) <= 120),
  visit_type_id uuid,
  practitioner_id uuid, -- null: whoever does this kind of visit
  minutes integer check (minutes between 5 and 720),
  from_phase_id uuid, -- the same phase of the edition before, whose orders come along when this one is signed
  set_aside_at timestamptz,
  set_aside_by uuid,
  set_aside_reason text not null default '' check (length(set_aside_reason) <= 300),
  primary key (clinic_id, id),
  foreign key (clinic_id, plan_id) references treatment_plan,
  foreign key (clinic_id, visit_type_id) references visit_type,
  foreign key (clinic_id, practitioner_id) references practitioner,
  foreign key (clinic_id, from_phase_id) references treatment_plan_phase,
  foreign key (clinic_id, set_aside_by) references staff,
  constraint treatment_plan_phase_in_order unique (clinic_id, plan_id, position) deferrable initially deferred,
  constraint treatment_plan_phase_aside_whole check ((set_aside_at is null) = (set_aside_by is null) and (set_aside_at is null) = (set_aside_reason = ''))
);

create table treatment_plan_item (
  clinic_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  phase_id uuid not null,
  position smallint not null check (position between 1 and 50),
  price_item_id uuid not null,
  description text not null check (length(description) between 1 and 200),
  description_en text not null default '' check (length(description_en) <= 200),
  tooth text check (tooth ~ '^([1-4][1-8]|[5-8][1-5])$'), -- ISO 3950
  surfaces text not null default '' check (surfaces ~ '^M?O?D?B?L?$'),
  quantity integer not null check (quantity between 1 and 99),
  least_agorot bigint not null check (least_agorot between 0 and 100000000), -- of one, with VAT
  most_agorot bigint not null check (most_agorot between 0 and 100000000),
  estimated boolean not null default false, -- typed by the doctor, not the list's price
  finding_id uuid, -- the planned finding of the tooth chart it was taken from
  done_quantity integer not null default 0,
  done_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, plan_id) references treatment_plan,
  foreign key (clinic_id, phase_id) references treatment_plan_phase on delete cascade,
  foreign key (clinic_id, price_item_id) references price_item,
  foreign key (clinic_id, finding_id) references tooth_finding,
  constraint treatment_plan_item_price check (most_agorot >= least_agorot),
  constraint treatment_plan_item_surfaces_of_a_tooth check (surfaces = '' or tooth is not null),
  constraint treatment_plan_item_done check (done_quantity between 0 and quantity and (done_quantity = quantity) = (done_at is not null))
);
create index treatment_plan_item_by_plan on treatment_plan_item (clinic_id, plan_id);

-- The orders at the desk by which a phase becomes visits: the one that was cancelled, and the one after it.
create table treatment_plan_order (
  clinic_id uuid not null,
  phase_id uuid not null,
  order_id uuid not null,
  primary key (clinic_id, phase_id, order_id),
  foreign key (clinic_id, phase_id) references treatment_plan_phase on delete cascade,
  foreign key (clinic_id, order_id) references next_visit_order
);

-- Which visits came of an order, the cancelled ones too.
create index appointment_by_order on appointment (clinic_id, order_id) where order_id is not null;

-- What was signed: the very words that were shown, the signature, and a hash over both, printed on the paper.
create table treatment_plan_signature (
  clinic_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  signed_at timestamptz not null,
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  signer text not null check (signer in ('patient', 'guardian')),
  method text not null check (method in ('drawn', 'typed')), -- typed: for whoever cannot draw; the witness saw it
  shown_sealed bytea not null, -- encrypted by the application
  signature_sealed bytea not null, -- encrypted by the application: name and strokes
  content_hash bytea not null check (length(content_hash) = 32),
  witness_id uuid not null,
  attachment_id uuid not null, -- the document in the record; filed right after, so no reference
  primary key (clinic_id, id),
  foreign key (clinic_id, plan_id) references treatment_plan,
  foreign key (clinic_id, witness_id) references staff,
  constraint treatment_plan_signed_once unique (clinic_id, plan_id)
);

call scope_table('treatment_plan', 'select, insert, update', 'select');
call scope_table('treatment_plan_phase', 'select, insert, update, delete', 'select');
call scope_table('treatment_plan_item', 'select, insert, update, delete', 'select');
call scope_table('treatment_plan_order', 'select, insert', 'select');
call scope_table('treatment_plan_signature', 'select, insert', '');
call append_only('treatment_plan_signature');

-- A plan that was offered or answered keeps its phases and items; only what is done of them, and what is set aside, goes on.
create function keep_offered_plan() returns trigger language plpgsql as $$
begin
  if exists (select from treatment_plan p where p.clinic_id = old.clinic_id and p.id = old.plan_id and p.status <> 'draft') then
    raise exception 'append_only: what was offered is never changed, only written anew' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger keep_offered_phase before delete on treatment_plan_phase for each row execute function keep_offered_plan();
create trigger keep_offered_item before delete on treatment_plan_item for each row execute function keep_offered_plan();
