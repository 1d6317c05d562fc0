-- Why: a family is told what each of its members may be told, and a minor's coming of age does not pass unseen.
-- Locks: patient and patient_relation for a moment: columns with constant defaults or none. Existing relations get what is usual in one
-- statement, a family's few rows each.

-- Of `appointments`, `clinical`, `money`: what the related person may be told of the patient, and the patient of the related person.
alter table patient_relation
  add column told text[] not null default '{}' check (told <@ '{appointments,clinical,money}'),
  add column tells text[] not null default '{}' check (tells <@ '{appointments,clinical,money}'),
  add column told_on date, -- when that was last said; null: before anybody was asked
  add column tells_on date;
grant update on patient_relation to yoman_api;

-- Across all clinics: row security holds for the owner, too, unless it is set aside for these two statements.
alter table patient_relation no force row level security;
update patient_relation set told = case kind when 'payer' then '{money}'::text[] else '{appointments,clinical,money}' end where kind in ('guardian', 'parent', 'payer');
update patient_relation set tells = '{appointments,clinical,money}' where kind = 'child';
alter table patient_relation force row level security;

-- Who looked, at 18, at what the guardian said and was told until then.
alter table patient
  add column of_age_reviewed_on date,
  add column of_age_reviewed_by uuid,
  add constraint patient_of_age_reviewed_by foreign key (clinic_id, of_age_reviewed_by) references staff,
  add constraint patient_of_age_reviewed_whole check ((of_age_reviewed_on is null) = (of_age_reviewed_by is null));
create index patient_of_age_reviewer on patient (clinic_id, of_age_reviewed_by) where of_age_reviewed_by is not null;

-- Where messages for a patient go on a day: their own numbers; a minor's without any to the guardian's, then a parent's.
create function message_phones(p_clinic uuid, p_patient uuid, p_on date) returns text[] language sql stable set search_path = public, pg_temp as $$
  select case when own.numbers <> '{}' then own.numbers else coalesce((
    select array_agg(n.number order by g.place, n.rank, n.id) from (
      select case when r.kind = 'guardian' then 0 else 1 end as place, r.related_id as guardian from patient_relation r
        where r.clinic_id = p_clinic and r.patient_id = p_patient and r.kind in ('guardian', 'parent') and 'appointments' = any (r.told)
      union all
      select 1, r.patient_id from patient_relation r where r.clinic_id = p_clinic and r.related_id = p_patient and r.kind = 'child' and 'appointments' = any (r.tells)
    ) g join patient_phone n on n.clinic_id = p_clinic and n.patient_id = g.guardian
      join patient p on p.clinic_id = p_clinic and p.id = p_patient and p.birth_date > p_on - interval '18 years'), '{}') end
  from (select array(select number from patient_phone where clinic_id = p_clinic and patient_id = p_patient order by rank, id) as numbers) own
$$;
