-- Why: the tenant (clinic), its branches, the people who work there, their sessions.
-- Locks: none, new tables only.
create table clinic (
  id uuid primary key,
  clinic_id uuid generated always as (id) stored not null,
  name text not null check (length(name) between 1 and 200),
  legal_name text not null default '',
  vat_number text not null default '',
  language text not null default 'he' check (language in ('he', 'en')),
  currency text not null default 'ILS' check (currency = 'ILS'),
  email text,
  phone text,
  -- what reminders do when the day before is a Sabbath or a holiday
  sabbath_policy text not null default 'back' check (sabbath_policy in ('back', 'forward')),
  quiet_from time not null default '21:00',
  quiet_to time not null default '08:00',
  eve_cutoff time not null default '13:00',
  version integer not null default 1,
  created_at timestamptz not null default now()
);

create table branch (
  clinic_id uuid not null references clinic,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  address text not null default '',
  city text not null default '',
  phone text,
  time_zone text not null default 'Asia/Jerusalem',
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id)
);

create table opening_hours (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7), -- ISO: 1 Monday, 7 Sunday
  opens time not null,
  closes time not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch on delete cascade,
  constraint opening_hours_close_after_open check (closes > opens)
);

create table staff (
  clinic_id uuid not null references clinic,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  email text not null check (email = lower(email)),
  language text not null default 'he' check (language in ('he', 'en')),
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id)
);

-- A role held in one branch, or in all of them where branch_id is null.
create table staff_role (
  clinic_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  role text not null check (role in ('owner', 'receptionist', 'doctor', 'hygienist', 'assistant', 'accountant')),
  branch_id uuid,
  primary key (clinic_id, id),
  foreign key (clinic_id, staff_id) references staff on delete cascade,
  foreign key (clinic_id, branch_id) references branch on delete cascade,
  constraint staff_role_once unique nulls not distinct (clinic_id, staff_id, role, branch_id)
);

-- Signing in happens before a clinic is known, so these four open also to a transaction that says its purpose is that.
create table login (
  clinic_id uuid not null,
  staff_id uuid not null,
  email text not null check (email = lower(email)),
  password_hash text not null,
  changed_at timestamptz not null default now(),
  primary key (clinic_id, staff_id),
  foreign key (clinic_id, staff_id) references staff on delete cascade,
  constraint login_email_once unique (email)
);

create table session (
  clinic_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_until timestamptz not null,
  absolute_until timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  ip inet,
  user_agent text,
  primary key (clinic_id, id),
  foreign key (clinic_id, staff_id) references staff on delete cascade
);
create index session_by_staff on session (clinic_id, staff_id) where revoked_at is null;

create table refresh_token (
  clinic_id uuid not null,
  hash bytea not null,
  session_id uuid not null,
  issued_at timestamptz not null,
  used_at timestamptz,
  successor_hash bytea,
  primary key (clinic_id, hash),
  foreign key (clinic_id, session_id) references session on delete cascade
);
create index refresh_token_by_hash on refresh_token (hash);

-- The one-time way into an empty system: whoever holds it makes the first clinic and its owner.
create table setup_link (
  hash bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);
grant select, insert, update on setup_link to yoman_api;

-- Counters of failed sign-ins; keyed by a hash of what is throttled. No clinic: the account may not exist.
create table sign_in_throttle (
  key bytea primary key,
  failures integer not null,
  blocked_until timestamptz,
  last_failure_at timestamptz not null
);
grant select, insert, update, delete on sign_in_throttle to yoman_api;

call scope_table('clinic', 'select, insert, update', 'select');
call scope_table('branch', 'select, insert, update', 'select');
call scope_table('opening_hours', 'select, insert, update, delete', 'select');
call scope_table('staff', 'select, insert, update', 'select');
call scope_table('staff_role', 'select, insert, update, delete', 'select');
call scope_table('login', 'select, insert, update', '');
call scope_table('session', 'select, insert, update', '');
call scope_table('refresh_token', 'select, insert, update', '');

create function is_signing_in() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'sign_in';
create policy sign_in on login for select using (is_signing_in());
create policy sign_in on session for select using (is_signing_in());
create policy sign_in on refresh_token for select using (is_signing_in());
create policy sign_in on clinic for select to yoman_api using (is_signing_in());

-- The worker walks over all clinics.
create policy worker_walks on clinic for select to yoman_worker using (true);
