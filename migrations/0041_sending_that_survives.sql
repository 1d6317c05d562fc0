-- Why: an address that the networks refuse for good is kept, so that nothing is sent there again and somebody asks for another; it
-- belongs to the address, not to a patient: whose number changes is reachable again without a further step. A clinic may put a ceiling
-- on what its messages cost in a day and a pace on how fast they leave: what is above waits, counts as late after a while as any other,
-- and where it cannot leave while it is of use goes by another way or is left to the desk. A receipt that was lost is asked for. Of the one case in which a message may be carried twice each is counted. Earlier versions of a text are kept.
-- Locks: message to the end of this file; nullable columns and constant defaults rewrite nothing. The index holds few rows
-- (messages on their way), and all are looked at for it: for a second or two where there are millions. The rest are new tables.
create table dead_address (
  clinic_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  address text not null check (length(address) between 1 and 254), -- E.164, or an e-mail address in lower case
  code text not null check (length(code) between 1 and 40), -- the provider's
  marked_at timestamptz not null,
  primary key (clinic_id, channel, address),
  foreign key (clinic_id) references clinic
);
call scope_table('dead_address', 'select, insert, delete', 'select, insert');

create table sending_setting (
  clinic_id uuid primary key,
  sms_a_day integer check (sms_a_day between 1 and 1000000), -- parts of SMS, which is what is paid for; null: no ceiling
  sms_a_minute integer check (sms_a_minute between 1 and 100000), -- null: as fast as the provider takes them
  version integer not null default 1,
  foreign key (clinic_id) references clinic
);
call scope_table('sending_setting', 'select, insert, update', 'select');

-- Only where there is a ceiling or a pace: one row a day, which those who send take turns at.
create table sending_day (
  clinic_id uuid not null,
  day date not null, -- on the clock of the clinic's first branch
  parts integer not null,
  minute timestamptz not null,
  in_minute integer not null,
  primary key (clinic_id, day),
  foreign key (clinic_id) references clinic
);
call scope_table('sending_day', 'select', 'select, insert, update');

alter table message
  add column parts smallint, -- of an SMS that was tried: what it costs
  add column held_since timestamptz, -- when it was to leave, of one that a ceiling, a pace or the provider put off since; else not_before
  add column asked_at timestamptz, -- the machine's clock: when the provider was last asked for a receipt that did not come
  add column doubled_at timestamptz; -- a second carrying of the same message came to light
create index message_doubled on message (doubled_at) where doubled_at is not null;
create index message_without_receipt on message (sent_at) where state = 'sent' and channel = 'sms';

create table message_template_version (
  clinic_id uuid not null,
  kind text not null,
  channel text not null,
  language text not null,
  version integer not null,
  subject text not null,
  body text not null,
  written_by uuid,
  written_at timestamptz not null,
  primary key (clinic_id, kind, channel, language, version),
  foreign key (clinic_id, kind, channel, language) references message_template,
  foreign key (clinic_id, written_by) references staff
);
create index message_template_version_by_writer on message_template_version (clinic_id, written_by) where written_by is not null;
call scope_table('message_template_version', 'select, insert', '');
call append_only('message_template_version');
-- Numbers of the whole installation for whoever watches it, of no clinic: written by the worker, read by /metrics.
create table sending_gauge (
  name text primary key,
  value bigint not null,
  measured_at timestamptz not null
);
grant select on sending_gauge to yoman_api;
grant select, insert, update on sending_gauge to yoman_worker;

-- Where messages for a patient go on a day: as before, without what the networks refused.
create or replace function message_phones(p_clinic uuid, p_patient uuid, p_on date) returns text[] language sql stable set search_path = public, pg_temp as $$
  select case when own.numbers <> '{}' then array(select n from unnest(own.numbers) with ordinality as t(n, place)
      where not exists (select from dead_address d where d.clinic_id = p_clinic and d.channel = 'sms' and d.address = n) order by place)
    else coalesce((
    select array_agg(n.number order by g.place, n.rank, n.id) from (
      select case when r.kind = 'guardian' then 0 else 1 end as place, r.related_id as guardian from patient_relation r
        where r.clinic_id = p_clinic and r.patient_id = p_patient and r.kind in ('guardian', 'parent') and 'appointments' = any (r.told)
      union all
      select 1, r.patient_id from patient_relation r where r.clinic_id = p_clinic and r.related_id = p_patient and r.kind = 'child' and 'appointments' = any (r.tells)
    ) g join patient_phone n on n.clinic_id = p_clinic and n.patient_id = g.guardian
        and not exists (select from dead_address d where d.clinic_id = p_clinic and d.channel = 'sms' and d.address = n.number)
      join patient p on p.clinic_id = p_clinic and p.id = p_patient and p.birth_date > p_on - interval '18 years'), '{}') end
  from (select array(select number from patient_phone where clinic_id = p_clinic and patient_id = p_patient order by rank, id) as numbers) own
$$;
