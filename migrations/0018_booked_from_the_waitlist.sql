-- Why: a booking made for one who waits settles their entry. Taken back, the entry waits again and still knows which visit it was,
-- so that bringing the visit back settles it again.
-- Locks: waitlist_entry for a moment (a wider check, which every old row satisfies; it is looked at by `validate` while others read
-- and write), and against writes while the index of those that were booked is built.
alter table waitlist_entry drop constraint waitlist_entry_booked_whole;
alter table waitlist_entry add constraint waitlist_entry_booked_whole check (status <> 'booked' or booked_id is not null) not valid;
alter table waitlist_entry validate constraint waitlist_entry_booked_whole;
create index waitlist_entry_by_booked on waitlist_entry (clinic_id, booked_id) where booked_id is not null;
