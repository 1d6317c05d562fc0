-- Why: what the night foresees counts what goes by WhatsApp beside the cost of the SMS: its price is not known, and it is not free.
-- Locks: reminder_check for a moment; a constant default rewrites nothing. An earlier version goes on without the column.
alter table reminder_check add column whatsapp integer not null default 0 check (whatsapp >= 0); -- of the messages in `leaves`
