-- Why: a reminder may go by WhatsApp. Outside a conversation WhatsApp carries nothing but templates that Meta approved beforehand: a clinic
-- keeps its sender and, for each language, the id of the approved template with its words. A message keeps which template was filled in
-- with what, so that a later try says the same. A STOP said on WhatsApp ends WhatsApp and no SMS, so what comes in keeps its channel.
-- Locks: reminder_rule, reminder, message, consent, dead_address and inbound_message from their line to the end of the file: columns that
-- are null or constant rewrite nothing, but all rows of message and reminder are looked at for the checks and the index, for a second or
-- two where there are millions; writers wait that long. The rest are new tables.
alter table reminder_rule drop constraint reminder_rule_channel_check, drop constraint reminder_rule_channels_once;
alter table reminder_rule add constraint reminder_rule_channel_check check (channel in ('sms', 'email', 'whatsapp')) not valid;
alter table reminder_rule add constraint reminder_rule_channels_once check (fallback_channels <@ '{sms,email,whatsapp}'::text[] and not channel = any(fallback_channels)
  and cardinality(fallback_channels) <= 2 and (cardinality(fallback_channels) < 2 or fallback_channels[1] <> fallback_channels[2])) not valid;
alter table reminder_rule validate constraint reminder_rule_channel_check;
alter table reminder_rule validate constraint reminder_rule_channels_once;

alter table reminder drop constraint reminder_channel_check;
alter table reminder add constraint reminder_channel_check check (channel in ('sms', 'email', 'whatsapp')) not valid;
alter table reminder validate constraint reminder_channel_check;

alter table message add column content_sid text, add column content_variables jsonb; -- the template as the provider names it, and what was filled in
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('sms', 'email', 'whatsapp')) not valid;
alter table message add constraint message_by_whatsapp_is_a_template check ((channel = 'whatsapp') = (content_sid is not null) and (content_sid is null) = (content_variables is null)) not valid;
alter table message validate constraint message_channel_check;
alter table message validate constraint message_by_whatsapp_is_a_template;
drop index message_without_receipt;
create index message_without_receipt on message (sent_at) where state = 'sent' and channel <> 'email';

alter table dead_address drop constraint dead_address_channel_check;
alter table dead_address add constraint dead_address_channel_check check (channel in ('sms', 'email', 'whatsapp')) not valid;
alter table dead_address validate constraint dead_address_channel_check;
alter table consent drop constraint consent_channel_check;
alter table consent add constraint consent_channel_check check (channel in ('sms', 'email', 'phone', 'whatsapp')) not valid;
alter table consent validate constraint consent_channel_check;
alter table inbound_message add column channel text not null default 'sms';
alter table inbound_message add constraint inbound_message_channel_check check (channel in ('sms', 'whatsapp')) not valid;
alter table inbound_message validate constraint inbound_message_channel_check;

create table whatsapp_setting (
  clinic_id uuid primary key,
  sender text check (sender ~ '^\+[1-9][0-9]{6,14}$'), -- E.164; null: switched off
  version integer not null default 1,
  foreign key (clinic_id) references clinic
);
-- All clinics of a house send by one account at the provider: a number is one clinic's, or the answers of its patients went to another.
create unique index whatsapp_sender_once on whatsapp_setting (sender);
call scope_table('whatsapp_setting', 'select, insert, update', 'select');
create policy callback on whatsapp_setting for select to yoman_api using (is_taking_callback());

create table whatsapp_template (
  clinic_id uuid not null,
  language text not null check (language in ('he', 'ar', 'ru', 'en')),
  content_sid text check (content_sid ~ '^HX[0-9a-f]{32}$'), -- null: filed, and not approved yet
  body text not null check (length(body) between 1 and 1024), -- as it was filed, with our placeholders for its variables
  primary key (clinic_id, language),
  foreign key (clinic_id) references whatsapp_setting
);
call scope_table('whatsapp_template', 'select, insert, delete', 'select');

-- A number that the networks refuse for SMS may well have WhatsApp, and the other way round: each channel leaves out its own dead ones.
drop function message_phones(uuid, uuid, date);
create function message_phones(p_clinic uuid, p_patient uuid, p_on date, p_channel text default 'sms') returns text[] language sql stable set search_path = public, pg_temp as $$
  select case when own.numbers <> '{}' then array(select n from unnest(own.numbers) with ordinality as t(n, place)
      where not exists (select from dead_address d where d.clinic_id = p_clinic and d.channel = p_channel and d.address = n) order by place)
    else coalesce((
    select array_agg(n.number order by g.place, n.rank, n.id) from (
      select case when r.kind = 'guardian' then 0 else 1 end as place, r.related_id as guardian from patient_relation r
        where r.clinic_id = p_clinic and r.patient_id = p_patient and r.kind in ('guardian', 'parent') and 'appointments' = any (r.told)
      union all
      select 1, r.patient_id from patient_relation r where r.clinic_id = p_clinic and r.related_id = p_patient and r.kind = 'child' and 'appointments' = any (r.tells)
    ) g join patient_phone n on n.clinic_id = p_clinic and n.patient_id = g.guardian
        and not exists (select from dead_address d where d.clinic_id = p_clinic and d.channel = p_channel and d.address = n.number)
      join patient p on p.clinic_id = p_clinic and p.id = p_patient and p.birth_date > p_on - interval '18 years'), '{}') end
  from (select array(select number from patient_phone where clinic_id = p_clinic and patient_id = p_patient order by rank, id) as numbers) own
$$;
