-- Why: a practitioner sees the day in the calendar of their own phone, by an address that nobody can guess and that they may switch off.
-- Only the hash of its secret is kept; it shows times and places, never who comes or what for.
-- Locks: none, a new table only.
create table calendar_feed (
  clinic_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  token_hash bytea not null, -- of the secret, which is shown once
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, staff_id) references staff
);
create unique index calendar_feed_by_token on calendar_feed (token_hash);
create unique index calendar_feed_one_each on calendar_feed (clinic_id, staff_id) where revoked_at is null;
create index calendar_feed_by_staff on calendar_feed (clinic_id, staff_id);
call scope_table('calendar_feed', 'select, insert, update', '');

-- A calendar program knows a token and nothing else: whose is it?
create function is_reading_feed() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'feed';
create policy feed on calendar_feed for select to yoman_api using (is_reading_feed());
