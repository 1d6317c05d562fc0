-- Why: a number or e-mail address that the networks refuse for good has to be replaced by somebody: a task of the desk that writes itself,
-- once for each address of a patient, and closes itself when the address is changed or said to work. Mostly the worker hears of it first: it
-- writes and opens again such tasks, sees no others, and closes one only where the address was changed in that very moment.
-- Locks: task to the end of this file; new columns may be null, and its rows (a clinic's promises, thousands) are looked at for the wider
-- checks and the index.
alter table task add column channel text check (channel in ('sms', 'email'));
alter table task add column address text check (length(address) between 1 and 254); -- as in dead_address
alter table task add column closed_because text check (closed_because in ('changed', 'works')); -- null: somebody closed it
alter table task drop constraint task_about_check;
alter table task add constraint task_about_check check (about in ('wants_to_move', 'dead_address'));
alter table task drop constraint task_of_visit;
alter table task add constraint task_of_visit check ((about is not distinct from 'wants_to_move') = (appointment_id is not null) and (appointment_id is null) = (appointment_starts_at is null));
alter table task add constraint task_of_address check ((about is not distinct from 'dead_address') = (address is not null) and (channel is null) = (address is null) and (address is null or patient_id is not null));
alter table task add constraint task_closed_by_itself check (closed_because is null or (status = 'kept' and address is not null));
create unique index task_of_dead_address on task (clinic_id, patient_id, channel, address) where about = 'dead_address';

grant select (clinic_id, id, patient_id, about, channel, address, status, version),
  insert (clinic_id, id, branch_id, patient_id, words, due_at, assignee_role, about, channel, address, created_at),
  update (status, closed_at, closed_by, closed_because, outcome, due_at, version) on task to yoman_worker;
-- By the name of who asks, not `to yoman_worker`: the owner of the tables is a member of that role, and carries over whole records.
create policy worker_of_addresses on task as restrictive using (current_user <> 'yoman_worker' or about is not distinct from 'dead_address');
create policy worker_opens on task as restrictive for update using (true) with check (current_user <> 'yoman_worker' or (closed_by is null and (status = 'open' or closed_because is not distinct from 'changed')));
