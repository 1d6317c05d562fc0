-- Why: anamnesis, intake and consent, made of the clinic's own fields and of texts; filled at the clinic or by the patient on a
-- phone through an opaque link, signed, and kept as they were shown. Answers that are alerts wait for clinical eyes.
-- Locks: message and message_template get a wider check of their kinds, message a column that may be null; each takes its table
--        for a moment, and the rows of message are looked at by `validate` afterwards, while others read and write.
create table form (
  clinic_id uuid not null references clinic,
  id uuid not null,
  kind text not null check (kind in ('anamnesis', 'intake', 'consent', 'other')),
  latest integer not null check (latest > 0), -- the version that is sent
  retired_at timestamptz,
  version integer not null default 1,
  primary key (clinic_id, id)
);

-- What a form said at a time: title, texts, questions with their words and options, whether it is signed. Never changed.
create table form_version (
  clinic_id uuid not null,
  form_id uuid not null,
  seq integer not null check (seq > 0),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  published_by uuid,
  published_at timestamptz not null,
  primary key (clinic_id, form_id, seq),
  foreign key (clinic_id, form_id) references form,
  foreign key (clinic_id, published_by) references staff
);

create table form_response (
  clinic_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  form_seq integer not null,
  patient_id uuid not null,
  branch_id uuid not null,
  appointment_id uuid,
  language text not null check (language in ('he', 'en', 'ar', 'ru')),
  given_by text not null check (given_by in ('sms', 'here')),
  status text not null default 'open' check (status in ('open', 'signed', 'withdrawn')),
  token_hash bytea not null, -- of the link's token
  device_hash bytea, -- of the browser that fills it in: what was answered so far goes back to no other
  expires_at timestamptz not null,
  answers_sealed bytea, -- encrypted by the application
  saves integer not null default 0,
  signature_sealed bytea, -- who signed, how, and the strokes
  signed_hash bytea, -- SHA-256 of what was shown and answered
  signed_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, form_id, form_seq) references form_version,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, created_by) references staff,
  constraint form_response_signed_whole check ((status = 'signed') = (signed_at is not null) and (status = 'signed') = (signed_hash is not null))
);
create index form_response_by_patient on form_response (clinic_id, patient_id, created_at desc);
create unique index form_response_by_token on form_response (token_hash);

-- What was signed stays as it was; only a merge of two records carries it over.
create function keep_signed_form() returns trigger language plpgsql as $$
begin
  if old.status = 'signed' and not only_carried_over(to_jsonb(old), to_jsonb(new)) then
    raise exception 'append_only: a signed form is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_signed_form before update on form_response for each row execute function keep_signed_form();

-- An answer that the staff must know of. It becomes part of the record's alerts when clinical eyes have seen it.
create table reported_alert (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  response_id uuid not null,
  field_id uuid not null,
  words_sealed bytea not null, -- encrypted by the application
  status text not null default 'reported' check (status in ('reported', 'accepted', 'dismissed')),
  reported_at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, response_id) references form_response,
  foreign key (clinic_id, field_id) references custom_field,
  foreign key (clinic_id, settled_by) references staff,
  constraint reported_alert_once unique (clinic_id, response_id, field_id),
  constraint reported_alert_settled_whole check ((status = 'reported') = (settled_at is null) and (settled_at is null) = (settled_by is null))
);
create index reported_alert_by_patient on reported_alert (clinic_id, patient_id) where status = 'reported';

call scope_table('form', 'select, insert, update', 'select');
call scope_table('form_version', 'select, insert', 'select');
call append_only('form_version');
call scope_table('form_response', 'select, insert, update', 'select');
call scope_table('reported_alert', 'select, insert, update', '');

-- A patient's link knows a token and nothing else: whose clinic is it?
create function is_filling_form() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'form';
create policy filling on form_response for select to yoman_api using (is_filling_form());

alter table message add column form_response_id uuid; -- the form whose link it carries
alter table message add foreign key (clinic_id, form_response_id) references form_response not valid;
alter table message validate constraint message_clinic_id_form_response_id_fkey;
create index message_by_form on message (clinic_id, form_response_id) where form_response_id is not null;
alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check
  check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled', 'form')) not valid;
alter table message validate constraint message_kind_check;
alter table message_template drop constraint message_template_kind_check;
alter table message_template add constraint message_template_kind_check
  check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled', 'form'));
