-- Why: a reminder may go by a phone call that the system makes. A clinic keeps the number that it calls from (none: no calls) and what a
-- call costs. What is said in a call is refused, dead and answered by itself, as on every other channel.
-- Locks: reminder_rule, reminder, message, consent, dead_address, inbound_message and reminder_check for a moment each: the new checks are
-- wider than the old ones and look at no row here (0057 looks at them), and columns that are null or constant rewrite nothing. An earlier
-- version goes on without them; but a worker of one would send the words of a call as an SMS: calls are switched on only when every worker
-- is of this version.
alter table reminder_rule drop constraint reminder_rule_channel_check, drop constraint reminder_rule_channels_once;
alter table reminder_rule add constraint reminder_rule_channel_check check (channel in ('sms', 'email', 'whatsapp', 'voice')) not valid;
alter table reminder_rule add constraint reminder_rule_channels_once check (fallback_channels <@ '{sms,email,whatsapp,voice}'::text[] and not channel = any(fallback_channels)
  and cardinality(fallback_channels) <= 2 and (cardinality(fallback_channels) < 2 or fallback_channels[1] <> fallback_channels[2])) not valid;
alter table reminder drop constraint reminder_channel_check;
alter table reminder add constraint reminder_channel_check check (channel in ('sms', 'email', 'whatsapp', 'voice')) not valid;
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('sms', 'email', 'whatsapp', 'voice')) not valid;
alter table dead_address drop constraint dead_address_channel_check;
alter table dead_address add constraint dead_address_channel_check check (channel in ('sms', 'email', 'whatsapp', 'voice')) not valid;
alter table consent drop constraint consent_channel_check;
alter table consent add constraint consent_channel_check check (channel in ('sms', 'email', 'phone', 'whatsapp', 'voice')) not valid; -- phone: somebody of the clinic calls
alter table inbound_message drop constraint inbound_message_channel_check;
alter table inbound_message add constraint inbound_message_channel_check check (channel in ('sms', 'whatsapp', 'voice')) not valid;

alter table reminder_check add column calls integer not null default 0 check (calls >= 0); -- of the messages in `leaves`
alter table reminder_check add column call_cost integer check (call_cost >= 0); -- agorot; null where a call has no price

create table voice_setting (
  clinic_id uuid primary key,
  caller text check (caller ~ '^\+[1-9][0-9]{6,14}$'), -- E.164; null: no calls
  call_price integer check (call_price between 0 and 10000), -- of one call that is answered, in thousandths of a shekel
  version integer not null default 1,
  foreign key (clinic_id) references clinic
);
call scope_table('voice_setting', 'select, insert, update', 'select');
