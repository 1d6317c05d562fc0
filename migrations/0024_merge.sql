-- Why: one person, one record. How a name sounds finds a likely duplicate while it is typed; two records of one person become one,
-- with a second person's approval, and become two again where that was a mistake (docs/adr/0025).
-- Locks: patient and patient_search for a moment (columns without a default); each table that names a patient, for its new trigger.

-- How a name sounds, by domain/people/name-sound.ts; null where it has yet to be computed, which the worker does.
alter table patient_search add column sounds text[];
create index patient_search_sounds on patient_search using gin (sounds array_ops);
create index patient_search_silent on patient_search (clinic_id, patient_id) where sounds is null;

create function index_patient(p_patient uuid, p_given text, p_family text, p_given_latin text, p_family_latin text, p_phones text, p_sounds text[])
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into patient_search (clinic_id, patient_id, family_given, given_family, latin_family_given, latin_given_family, phones, sounds)
  values (current_clinic(), p_patient, btrim(p_family || ' ' || p_given), btrim(p_given || ' ' || p_family),
    btrim(p_family_latin || ' ' || p_given_latin), btrim(p_given_latin || ' ' || p_family_latin), p_phones, p_sounds)
  on conflict (clinic_id, patient_id) do update set
    family_given = excluded.family_given, given_family = excluded.given_family, latin_family_given = excluded.latin_family_given,
    latin_given_family = excluded.latin_given_family, phones = excluded.phones, sounds = excluded.sounds
$$;

-- The version before this one knows no sounds: what it writes is computed later.
create or replace function index_patient(p_patient uuid, p_given text, p_family text, p_given_latin text, p_family_latin text, p_phones text)
returns void language sql security definer set search_path = public, pg_temp as $$
  select index_patient(p_patient, p_given, p_family, p_given_latin, p_family_latin, p_phones, null::text[])
$$;

create function unindex_patient(p_patient uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  delete from patient_search where clinic_id = current_clinic() and patient_id = p_patient
$$;

create function patients_sounding(p_sounds text[], p_limit integer) returns table (patient_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.patient_id from patient_search s where s.clinic_id = current_clinic() and s.sounds && p_sounds order by s.patient_id desc limit p_limit
$$;

create function patients_without_sound(p_limit integer) returns table (patient_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.patient_id from patient_search s where s.clinic_id = current_clinic() and s.sounds is null order by s.patient_id limit p_limit
$$;

create function sound_patient(p_patient uuid, p_sounds text[]) returns void language sql security definer set search_path = public, pg_temp as $$
  update patient_search set sounds = p_sounds where clinic_id = current_clinic() and patient_id = p_patient and sounds is null
$$;
revoke all on function index_patient(uuid, text, text, text, text, text, text[]), unindex_patient, patients_sounding, patients_without_sound, sound_patient from public;
grant execute on function index_patient(uuid, text, text, text, text, text, text[]), unindex_patient, patients_sounding to yoman_api;
grant execute on function patients_without_sound, sound_patient to yoman_worker;

-- Where the record of this person goes on. The row stays: old addresses and the audit trail name it.
alter table patient
  add column merged_into uuid,
  add constraint patient_merged_into foreign key (clinic_id, merged_into) references patient,
  add constraint patient_merged_into_another check (merged_into <> id);
create index patient_merged on patient (clinic_id, merged_into) where merged_into is not null;

create table patient_merge (
  clinic_id uuid not null,
  id uuid not null,
  survivor_id uuid not null,
  merged_id uuid not null,
  reason text not null default '' check (length(reason) <= 300),
  choices jsonb not null, -- names of fields, and whose word stays
  state text not null default 'proposed' check (state in ('proposed', 'declined', 'merged', 'undone')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  undone_by uuid,
  undone_at timestamptz,
  before_sealed bytea, -- both records' details as they were, and as the merge left them; encrypted by the application
  primary key (clinic_id, id),
  foreign key (clinic_id, survivor_id) references patient,
  foreign key (clinic_id, merged_id) references patient,
  foreign key (clinic_id, proposed_by) references staff,
  foreign key (clinic_id, decided_by) references staff,
  foreign key (clinic_id, undone_by) references staff,
  constraint patient_merge_of_two check (survivor_id <> merged_id),
  constraint patient_merge_decided_whole check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  constraint patient_merge_by_another check (state not in ('merged', 'undone') or decided_by <> proposed_by),
  constraint patient_merge_kept check (state not in ('merged', 'undone') or before_sealed is not null),
  constraint patient_merge_undone_whole check ((state = 'undone') = (undone_by is not null) and (undone_by is null) = (undone_at is null))
);
create unique index patient_merge_once on patient_merge (clinic_id, merged_id) where state = 'merged';
create unique index patient_merge_proposed_once on patient_merge (clinic_id, least(survivor_id, merged_id), greatest(survivor_id, merged_id)) where state = 'proposed';
create index patient_merge_by_survivor on patient_merge (clinic_id, survivor_id);
create index patient_merge_by_merged on patient_merge (clinic_id, merged_id);
create index patient_merge_by_state on patient_merge (clinic_id, state, proposed_at desc);
call scope_table('patient_merge', 'select, insert, update', '');

-- Which rows came over, one by one: the undo brings back these and no others.
create table patient_merge_row (
  clinic_id uuid not null,
  merge_id uuid not null,
  table_name text not null,
  column_name text not null,
  row_key jsonb not null, -- the row's primary key without the clinic and the patient
  primary key (clinic_id, merge_id, table_name, column_name, row_key),
  foreign key (clinic_id, merge_id) references patient_merge
);
call scope_table('patient_merge_row', 'select', '');

-- The columns that name a patient, read from the catalogue, so that a table of tomorrow is not forgotten. Left out: what the
-- application carries over itself (details, phones, the search index) and the merges' own.
create function patient_references() returns table (table_name regclass, column_name text, key_columns text[])
language sql stable set search_path = public, pg_temp as $$
  select k.conrelid::regclass, a.attname::text, array(
      select p.attname::text from pg_index i join pg_attribute p on p.attrelid = i.indrelid and p.attnum = any (i.indkey)
      where i.indrelid = k.conrelid and i.indisprimary and p.attname not in ('clinic_id', a.attname) order by p.attname)
  from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) as pair(here, there)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there and b.attname = 'id'
  where k.contype = 'f' and k.confrelid = 'patient'::regclass
    and k.conrelid not in ('patient'::regclass, 'patient_phone'::regclass, 'patient_search'::regclass, 'patient_merge'::regclass)
  order by 1, 2
$$;

-- Never changed but for one thing: whose record it hangs on, and that only while a merge is made or undone. `app.merging` is set by
-- the two functions below for their own length, and counts only with the rights of the owner, which they alone act with.
create function only_carried_over(before jsonb, after jsonb) returns boolean language sql stable as $$
  select current_setting('app.merging', true) = 'on' and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = 'patient'::regclass)
    and before - 'patient_id' = after - 'patient_id'
$$;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and only_carried_over(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'append_only: % rows are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;

create or replace function only_first_original() returns trigger language plpgsql as $$
begin
  if only_carried_over(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if old.original_made_at is null and new.original_made_at is not null
     and to_jsonb(new) - 'original_made_at' = to_jsonb(old) - 'original_made_at' then return new; end if;
  raise exception 'append_only: an issued document is never changed' using errcode = 'restrict_violation';
end $$;

create or replace function only_receipted() returns trigger language plpgsql as $$
begin
  if only_carried_over(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if old.invoice_id is null and new.invoice_id is not null
     and to_jsonb(new) - 'invoice_id' = to_jsonb(old) - 'invoice_id' then return new; end if;
  raise exception 'append_only: a payment is never changed' using errcode = 'restrict_violation';
end $$;

-- Whatever is written for a record that was merged meanwhile (a form that stood open, a reply on its way) goes to the one that lives
-- on. The row lock makes a writer wait for a merge that is being made, and a merge for a writer.
create function follow_merge() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked uuid;
  target uuid;
begin
  execute format('select ($1).%I', tg_argv[0]) into asked using new;
  loop
    exit when asked is null;
    select merged_into into target from patient where clinic_id = new.clinic_id and id = asked for key share;
    exit when target is null;
    new := jsonb_populate_record(new, jsonb_build_object(tg_argv[0], target));
    asked := target;
  end loop;
  return new;
end $$;

create procedure follow_merges(name regclass) language plpgsql as $$
declare one record;
begin
  for one in select column_name from patient_references() r where r.table_name = name loop
    execute format('create or replace trigger %I before insert or update of %I on %s for each row execute function follow_merge(%L)', 'follow_merge_' || one.column_name, one.column_name, name, one.column_name);
  end loop;
end $$;

do $$ declare one record; begin
  for one in select distinct table_name from patient_references() loop call follow_merges(one.table_name); end loop;
end $$;

-- From now on a table of a clinic follows merges by itself where it names a patient.
create or replace procedure scope_table(name regclass, api_grants text, worker_grants text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy clinic_scope on %s using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())', name);
  if api_grants <> '' then execute format('grant %s on %s to yoman_api', api_grants, name); end if;
  if worker_grants <> '' then execute format('grant %s on %s to yoman_worker', worker_grants, name); end if;
  call follow_merges(name);
end $$;

-- Carries over every row of a record. A row that the survivor has one like already (a unique rule says so) stays where it is:
-- hidden with its record, not lost, and not recorded here.
create function carry_patient_rows(p_merge uuid, p_from uuid, p_to uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place record;
  one jsonb;
begin
  perform set_config('app.merging', 'on', true);
  for place in select *, (select string_agg(format('%L, t.%I', c, c), ', ') from unnest(key_columns) c) as pairs from patient_references() loop
    for one in execute format('select jsonb_build_object(%s) from %s t where clinic_id = current_clinic() and %I = $1', place.pairs, place.table_name, place.column_name) using p_from loop
      begin
        execute format('update %s t set %I = $1 where clinic_id = current_clinic() and %I = $2 and jsonb_build_object(%s) = $3', place.table_name, place.column_name, place.column_name, place.pairs) using p_to, p_from, one;
        insert into patient_merge_row values (current_clinic(), p_merge, place.table_name::text, place.column_name, one);
      exception when unique_violation or check_violation or exclusion_violation then null;
      end;
    end loop;
  end loop;
  perform set_config('app.merging', '', true);
end $$;

-- Brings them back. What was moved on to somebody else since stays there.
create function return_patient_rows(p_merge uuid, p_from uuid, p_to uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare place record;
begin
  perform set_config('app.merging', 'on', true);
  for place in select *, (select string_agg(format('%L, t.%I', c, c), ', ') from unnest(key_columns) c) as pairs from patient_references() loop
    execute format('update %s t set %I = $1 from patient_merge_row r where t.clinic_id = current_clinic() and t.%I = $2
        and r.clinic_id = t.clinic_id and r.merge_id = $3 and r.table_name = %L and r.column_name = %L and r.row_key = jsonb_build_object(%s)',
      place.table_name, place.column_name, place.column_name, place.table_name::text, place.column_name, place.pairs) using p_to, p_from, p_merge;
  end loop;
  perform set_config('app.merging', '', true);
end $$;

-- How many rows of each table name a patient: the preview of a merge.
create function count_patient_rows(p_patient uuid) returns table (table_name text, rows bigint)
language plpgsql stable set search_path = public, pg_temp as $$
declare place record;
begin
  for place in select r.table_name as named, r.column_name from patient_references() r loop
    if has_table_privilege(place.named, 'select') then
      return query execute format('select %L::text, count(*) from %s where clinic_id = current_clinic() and %I = $1 having count(*) > 0', place.named::text, place.named, place.column_name) using p_patient;
    end if;
  end loop;
end $$;

-- A record and all that were merged into it, however often: whose events belong to it.
create function record_ids(p_patient uuid) returns setof uuid language sql stable set search_path = public, pg_temp as $$
  with recursive whole(id) as (select p_patient union select p.id from patient p join whole w on p.merged_into = w.id and p.clinic_id = current_clinic())
  select id from whole
$$;

revoke all on function carry_patient_rows, return_patient_rows, follow_merge from public;
grant execute on function carry_patient_rows, return_patient_rows to yoman_api;
