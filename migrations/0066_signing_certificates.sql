-- Why: a business signs the files of its documents with its own certificate. The key is sealed under the clinic's key; the worker, who
-- mails the files, reads it too. What the certificate says of itself stands beside it, so that nobody opens the key to see how long it holds.
create table signing_certificate (
  clinic_id uuid primary key references clinic,
  identity_sealed bytea not null,
  subject text not null check (length(subject) <= 200),
  issuer text not null check (length(issuer) <= 200),
  serial text not null check (length(serial) <= 80),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  valid_from timestamptz not null,
  valid_to timestamptz not null check (valid_to > valid_from),
  set_by uuid not null,
  set_at timestamptz not null,
  version integer not null default 1,
  foreign key (clinic_id, set_by) references staff
);
call scope_table('signing_certificate', 'select, insert, update, delete', 'select');
