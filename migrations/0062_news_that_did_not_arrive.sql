-- Why: news that a visit was moved or is off, and that did not arrive for good, has to be told by somebody: a task of the desk that writes
-- itself, one for each visit at one time, and closes itself when such news arrives or the visit changes again.
-- Locks: task to the end of this file; its rows (a clinic's promises, thousands) are looked at for the wider checks and the index.
alter table task drop constraint task_about_check;
alter table task add constraint task_about_check check (about in ('wants_to_move', 'dead_address', 'untold'));
alter table task drop constraint task_of_visit;
alter table task add constraint task_of_visit check (coalesce(about in ('wants_to_move', 'untold'), false) = (appointment_id is not null) and (appointment_id is null) = (appointment_starts_at is null));
create unique index task_of_untold on task (clinic_id, appointment_id, appointment_starts_at) where about = 'untold';

-- Mostly the worker hears of it first, and by a receipt that it asked for also that such news arrived. What it may do stays narrow: see 0050.
grant select (branch_id, created_at, appointment_id, appointment_starts_at), insert (appointment_id, appointment_starts_at) on task to yoman_worker;
drop policy worker_of_addresses on task;
create policy worker_of_messages on task as restrictive using (current_user <> 'yoman_worker' or coalesce(about in ('dead_address', 'untold'), false));
drop policy worker_opens on task;
create policy worker_opens on task as restrictive for update using (true)
  with check (current_user <> 'yoman_worker' or (closed_by is null and (status = 'open' or closed_because is not distinct from 'changed' or (about is not distinct from 'untold' and status = 'kept'))));
