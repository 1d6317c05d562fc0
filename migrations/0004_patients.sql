-- Why: one record of a person for all branches; what they agreed to; how they are found in a blink.
-- Locks: none, new tables only.
create table patient (
  clinic_id uuid not null references clinic,
  id uuid not null,
  given_name text not null check (length(given_name) between 1 and 80),
  family_name text not null default '' check (length(family_name) <= 80),
  given_name_latin text not null default '' check (length(given_name_latin) <= 80),
  family_name_latin text not null default '' check (length(family_name_latin) <= 80),
  identifier_kind text check (identifier_kind in ('national_id', 'passport')),
  identifier_country text check (identifier_country ~ '^[A-Z]{2}$'),
  identifier_sealed bytea, -- encrypted by the application
  identifier_index bytea, -- keyed hash for exact search and uniqueness
  birth_date date,
  sex text not null default 'unknown' check (sex in ('female', 'male', 'other', 'unknown')), -- FHIR administrative gender
  email text,
  street text not null default '',
  city text not null default '',
  postal_code text not null default '',
  health_fund text check (health_fund in ('101', '102', '103', '104', '401', '402', '480')), -- Ministry of Health payer codes
  language text not null default 'he' check (language in ('he', 'ar', 'ru', 'en')),
  alerts_sealed bytea, -- clinical text, encrypted by the application
  desk_note text not null default '' check (length(desk_note) <= 2000),
  referral_source text not null default '' check (length(referral_source) <= 120),
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (clinic_id, id),
  constraint patient_identifier_once unique (clinic_id, identifier_index),
  constraint patient_identifier_whole check ((identifier_kind is null) = (identifier_sealed is null) and (identifier_sealed is null) = (identifier_index is null))
);

create index patient_by_name on patient (clinic_id, family_name, given_name, id);

create table patient_phone (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  number text not null check (number ~ '^\+[1-9][0-9]{6,14}$'), -- E.164
  typed text not null default '', -- as the person wrote it
  label text not null default 'mobile' check (label in ('mobile', 'home', 'work', 'guardian', 'other')),
  rank smallint not null default 0, -- 0 is asked first
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient on delete cascade
);
create index patient_phone_by_patient on patient_phone (clinic_id, patient_id, rank);
create index patient_phone_by_number on patient_phone (clinic_id, number);
create index patient_phone_of_anyone on patient_phone (number); -- whose clinic a stranger's message is for

create table patient_relation (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  related_id uuid not null,
  kind text not null check (kind in ('guardian', 'parent', 'child', 'spouse', 'sibling', 'payer', 'other')),
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient on delete cascade,
  foreign key (clinic_id, related_id) references patient on delete cascade,
  constraint patient_relation_once unique (clinic_id, patient_id, related_id, kind),
  constraint patient_relation_to_another check (patient_id <> related_id)
);

-- What a person agreed to or refused, and the evidence; the last row of a channel and purpose holds.
create table consent (
  clinic_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  channel text not null check (channel in ('sms', 'email', 'phone')),
  purpose text not null check (purpose in ('service', 'marketing', 'e_invoice')),
  state text not null check (state in ('given', 'refused')),
  source text not null check (source in ('desk', 'form', 'reply', 'import', 'system')),
  evidence text not null default '' check (length(evidence) <= 500),
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patient
);
create index consent_by_patient on consent (clinic_id, patient_id, channel, purpose, recorded_at desc);

call scope_table('patient', 'select, insert, update', 'select');
call scope_table('patient_phone', 'select, insert, update, delete', 'select');
call scope_table('patient_relation', 'select, insert, delete', 'select');
call scope_table('consent', 'select, insert', 'select, insert');
call append_only('consent');

-- The index of the search box. Row-level security would forbid its trigram index (LIKE is not leakproof), so nobody may
-- read the table at all: search_patients() is the only door, and it repeats the scope.
create table patient_search (
  clinic_id uuid not null,
  patient_id uuid not null,
  family_given text collate "C" not null,
  given_family text collate "C" not null,
  latin_family_given text collate "C" not null,
  latin_given_family text collate "C" not null,
  phones text not null, -- '972501234567 97231234567'
  primary key (clinic_id, patient_id),
  foreign key (clinic_id, patient_id) references patient on delete cascade
);
create index patient_search_family on patient_search (clinic_id, family_given, patient_id);
create index patient_search_given on patient_search (clinic_id, given_family, patient_id);
create index patient_search_latin_family on patient_search (clinic_id, latin_family_given, patient_id) where latin_family_given <> '';
create index patient_search_latin_given on patient_search (clinic_id, latin_given_family, patient_id) where latin_given_family <> '';
create index patient_search_phones on patient_search using gin (phones gin_trgm_ops);
create index patient_search_fuzzy on patient_search using gin (family_given gin_trgm_ops);

-- The caller passes names already normalised by domain/people/search-name.ts, so both sides are folded by one rule.
create function index_patient(p_patient uuid, p_given text, p_family text, p_given_latin text, p_family_latin text, p_phones text)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into patient_search values (current_clinic(), p_patient,
    btrim(p_family || ' ' || p_given), btrim(p_given || ' ' || p_family),
    btrim(p_family_latin || ' ' || p_given_latin), btrim(p_given_latin || ' ' || p_family_latin), p_phones)
  on conflict (clinic_id, patient_id) do update set
    family_given = excluded.family_given, given_family = excluded.given_family,
    latin_family_given = excluded.latin_family_given, latin_given_family = excluded.latin_given_family, phones = excluded.phones
$$;

-- Best ten ids: names by prefix in either order, then any run of phone digits; the fuzzy search only where nothing else fits.
create function search_patients(p_name text, p_digits text, p_limit integer)
returns table (patient_id uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare found_some boolean := false;
begin
  if p_name <> '' then
    return query
      select s.patient_id from (
        (select a.patient_id, a.family_given as k from patient_search a where a.clinic_id = current_clinic()
          and a.family_given >= p_name and a.family_given < p_name || chr(1114111) order by a.family_given, a.patient_id limit p_limit)
        union
        (select b.patient_id, b.given_family from patient_search b where b.clinic_id = current_clinic()
          and b.given_family >= p_name and b.given_family < p_name || chr(1114111) order by b.given_family, b.patient_id limit p_limit)
        union
        (select c.patient_id, c.latin_family_given from patient_search c where c.clinic_id = current_clinic() and c.latin_family_given <> ''
          and c.latin_family_given >= p_name and c.latin_family_given < p_name || chr(1114111) order by c.latin_family_given, c.patient_id limit p_limit)
        union
        (select d.patient_id, d.latin_given_family from patient_search d where d.clinic_id = current_clinic() and d.latin_given_family <> ''
          and d.latin_given_family >= p_name and d.latin_given_family < p_name || chr(1114111) order by d.latin_given_family, d.patient_id limit p_limit)
      ) s group by s.patient_id order by min(s.k), s.patient_id limit p_limit;
    found_some := found;
    if not found_some and length(p_name) >= 3 then
      return query select e.patient_id from patient_search e where e.clinic_id = current_clinic()
        and e.family_given like '%' || replace(replace(replace(p_name, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        order by e.family_given, e.patient_id limit p_limit;
    end if;
  end if;
  if length(p_digits) >= 3 then
    return query select f.patient_id from patient_search f where f.clinic_id = current_clinic()
      and f.phones like '%' || p_digits || '%' order by f.family_given, f.patient_id limit p_limit;
  end if;
end $$;
revoke all on function index_patient, search_patients from public;
grant execute on function index_patient, search_patients to yoman_api;
