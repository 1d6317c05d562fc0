-- Why: wrapped data keys, imports that show what they would do before they do it, the demo's movable clock.
-- Locks: none, new tables only.
create table data_key (
  clinic_id uuid not null references clinic,
  epoch integer not null check (epoch > 0),
  wrapped bytea not null, -- by the key that lives outside the database
  created_at timestamptz not null default now(),
  primary key (clinic_id, epoch)
);
call scope_table('data_key', 'select, insert', 'select');

create table import_job (
  clinic_id uuid not null references clinic,
  id uuid not null,
  kind text not null check (kind in ('patients', 'appointments')),
  file_name text not null,
  status text not null check (status in ('uploaded', 'checking', 'checked', 'running', 'done', 'failed')),
  headings jsonb not null default '[]',
  mapping jsonb not null default '{}',
  total_rows integer not null default 0,
  checked_rows integer not null default 0,
  done_rows integer not null default 0,
  counts jsonb not null default '{}', -- new, same, duplicate, error
  problem text,
  heartbeat_at timestamptz, -- the machine's clock; a job that has not said a word for a minute may be started again
  created_by uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (clinic_id, id)
);

create table import_row (
  clinic_id uuid not null,
  job_id uuid not null,
  row_number integer not null,
  cells_sealed bytea not null, -- as they were in the file, encrypted by the application
  verdict text check (verdict in ('new', 'same', 'duplicate', 'error')),
  problems jsonb not null default '[]',
  subject_id uuid,
  primary key (clinic_id, job_id, row_number),
  foreign key (clinic_id, job_id) references import_job on delete cascade
);

call scope_table('import_job', 'select, insert, update', 'select');
call scope_table('import_row', 'select, insert, update, delete', '');

-- Exists everywhere, is read only by processes that were told they are a demo.
create table demo_clock (
  singleton boolean primary key default true check (singleton),
  offset_ms bigint not null default 0
);
insert into demo_clock default values;
grant select, update on demo_clock to yoman_api, yoman_worker;
