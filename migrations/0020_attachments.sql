-- Why: X-rays, photos, referrals and scanned forms are part of the record. Their bytes lie sealed in a file store; here is what
-- they are. A row is written only after its bytes are safe, and nobody may delete one: medical records are kept for years.
-- Locks: none, a new table only.
create table attachment (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  appointment_id uuid,
  kind text not null check (kind in ('x_ray', 'photo', 'referral', 'lab', 'form', 'administrative', 'other')),
  title_sealed bytea not null, -- encrypted by the application
  taken_on date not null,
  teeth text[] not null default '{}' check (cardinality(teeth) <= 52 and array_to_string(teeth, ',') ~ '^([1-8][1-8](,[1-8][1-8])*)?$'), -- ISO 3950
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf', 'application/dicom')),
  byte_size bigint not null check (byte_size > 0),
  width integer check (width > 0),
  height integer check (height > 0),
  content_hash bytea not null, -- keyed: a repeated upload finds its own, and nothing can be guessed from it
  storage_key text not null check (storage_key ~ '^[0-9a-f-]{36}/[0-9a-f-]{36}$'),
  preview_key text check (preview_key ~ '^[0-9a-f-]{36}/[0-9a-f-]{36}$'),
  preview_state text not null default 'waiting' check (preview_state in ('waiting', 'made', 'none')),
  filed_by uuid not null,
  filed_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawal_reason text not null default '' check (length(withdrawal_reason) <= 500),
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, filed_by) references staff,
  foreign key (clinic_id, withdrawn_by) references staff,
  constraint attachment_bytes_once unique (clinic_id, storage_key),
  constraint attachment_preview_whole check ((preview_state = 'made') = (preview_key is not null)),
  constraint attachment_size_whole check ((width is null) = (height is null)),
  constraint attachment_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawal_reason = ''))
);
create index attachment_by_patient on attachment (clinic_id, patient_id, taken_on desc, id);
create index attachment_by_visit on attachment (clinic_id, appointment_id) where appointment_id is not null;
create unique index attachment_preview_once on attachment (clinic_id, preview_key) where preview_key is not null;

-- What was filed stays what it was: titles, kinds and links may be corrected, the bytes behind a row never change.
create function keep_attachment_bytes() returns trigger language plpgsql as $$
begin
  if (new.storage_key, new.content_hash, new.byte_size, new.media_type, new.filed_by, new.filed_at) is distinct from (old.storage_key, old.content_hash, old.byte_size, old.media_type, old.filed_by, old.filed_at) then
    raise exception 'append_only: the bytes of an attachment are never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_attachment_bytes before update on attachment for each row execute function keep_attachment_bytes();

call scope_table('attachment', 'select, insert, update', 'select, update');
