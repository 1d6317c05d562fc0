-- Why: the checks of 0056 hold for what is written since; that they hold for all rows is looked at here, where nobody waits for it.
-- Locks: none that a reader or writer waits for (share update exclusive); each of the tables is read once, message and reminder for a
-- second or two where there are millions of rows.
alter table reminder_rule validate constraint reminder_rule_channel_check;
alter table reminder_rule validate constraint reminder_rule_channels_once;
alter table reminder validate constraint reminder_channel_check;
alter table message validate constraint message_channel_check;
alter table dead_address validate constraint dead_address_channel_check;
alter table consent validate constraint consent_channel_check;
alter table inbound_message validate constraint inbound_message_channel_check;
