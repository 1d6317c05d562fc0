-- Why: a patients' file may fill the clinic's own fields. A wrong value of one holds its row back, unless whoever imports chose to
-- take such rows without the value; the choice belongs to the dry run that showed what it does.
-- Locks: import_job for a moment; a constant default rewrites nothing.
alter table import_job add column leave_wrong boolean not null default false;
