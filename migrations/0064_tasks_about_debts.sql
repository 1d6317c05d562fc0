-- Why: that a patient promised to pay by a day, and that somebody shall call about a debt, are tasks of the desk whose words are the screen's.
-- Locks: task to the end of this file: its rows (thousands) are looked at for the wider check and the index.
alter table task drop constraint task_about_check;
alter table task add constraint task_about_check check (about in ('wants_to_move', 'dead_address', 'untold', 'promised_to_pay', 'debt_call'));
alter table task add constraint task_of_debt check (about is null or about not in ('promised_to_pay', 'debt_call') or patient_id is not null);
create index task_of_debt on task (clinic_id, patient_id, due_at) where about in ('promised_to_pay', 'debt_call');
