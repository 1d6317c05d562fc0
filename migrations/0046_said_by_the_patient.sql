-- Why: the desk asks who confirmed or cancelled a visit, a colleague or the patient by a link or a reply; both left a step without a
-- person, as a sweep does. The worker plans the reminders of two records anew that became one, or two again: it needs to know which
-- two, and nothing else of a merge. A patient who asks for another time is a task of the desk that nobody wrote: once for each visit at
-- one time; its words are the screen's, in the language of whoever reads.
-- Locks: appointment_status for a moment; a constant default rewrites nothing. Earlier steps stay as they are known. task to the end of
-- this file: new columns may be null, and its rows (a clinic's promises, thousands) are looked at for the wider checks.
alter table appointment_status add column by_patient boolean not null default false;
grant select (clinic_id, survivor_id, merged_id) on patient_merge to yoman_worker;
alter table task alter column created_by drop not null;
alter table task add column about text check (about in ('wants_to_move'));
alter table task add column appointment_id uuid;
alter table task add column appointment_starts_at timestamptz;
alter table task drop constraint task_words_check;
alter table task add constraint task_words_check check (length(words) between (case when about is null then 1 else 0 end) and 500);
alter table task add constraint task_by_somebody check (about is not null or created_by is not null);
alter table task add constraint task_of_visit check ((about is null) = (appointment_id is null) and (appointment_id is null) = (appointment_starts_at is null));
alter table task add foreign key (clinic_id, appointment_id) references appointment;
create unique index task_of_wish on task (clinic_id, appointment_id, appointment_starts_at) where about = 'wants_to_move';
