-- Why: what the accountant was given can be told again: each export remembers its period, the last number of each series that it
-- holds, and the accounts it was written with, so that the same export holds the same documents and sums for ever. The file itself is
-- written when it is fetched: these bytes change with what they name, and no others. Who issued a document (1233, 1376) when that person
-- is renamed; the code of an item (1259) when the price list changes it; the hour and the dates by it (1205, 1206, 1311, 1375) when a
-- branch gets another time zone. A uniform file has a folder of its own.
-- Locks: none, a new table only.
create table book_export (
  clinic_id uuid not null references clinic,
  id uuid not null,
  format text not null check (format in ('uniform', 'movein', 'quickbooks', 'xero')),
  from_on date not null,
  to_on date not null,
  time_zone text not null,
  business jsonb not null, -- name, VAT number and address as they were
  software jsonb not null, -- what wrote it: name, version, registration
  accounts jsonb not null, -- key and name of each account
  cut jsonb not null, -- the last number of each kind of document: what came later is not in it
  branches boolean not null,
  folder text, -- where the law wants a uniform file
  summary jsonb not null, -- counts and sums, as the screen at its end tells them
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, made_by) references staff,
  constraint book_export_period check (to_on >= from_on),
  constraint book_export_folder check ((format = 'uniform') = (folder is not null)),
  constraint book_export_folder_once unique (clinic_id, folder)
);
create index book_export_by_time on book_export (clinic_id, made_at desc, id);

call scope_table('book_export', 'select, insert', '');
call append_only('book_export');
