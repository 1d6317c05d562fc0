-- Why: every call or conversation is written down, with what was promised and by when; also of people who have no record here.
-- Locks: none, new tables only.
create table contact (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  patient_id uuid,
  caller_name text not null default '' check (length(caller_name) <= 120), -- who spoke, where it was not the patient or there is none
  caller_phone text not null default '' check (caller_phone = '' or caller_phone ~ '^\+[1-9][0-9]{6,14}$'),
  way text not null check (way in ('call_in', 'call_out', 'desk', 'email')),
  words_sealed bytea not null, -- encrypted by the application: a caller tells of pain as readily as of parking
  task_id uuid,
  written_by uuid not null,
  written_at timestamptz not null,
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, patient_id) references patient,
  foreign key (clinic_id, task_id) references task,
  foreign key (clinic_id, written_by) references staff,
  constraint contact_task_once unique (clinic_id, task_id),
  constraint contact_with_somebody check (patient_id is not null or caller_name <> '' or caller_phone <> '')
);
create index contact_by_patient on contact (clinic_id, patient_id, written_at desc, id desc) where patient_id is not null;
create index contact_by_branch on contact (clinic_id, branch_id, written_at desc, id desc);

-- What a corrected one said before; the correction itself stands in `contact`.
create table contact_earlier (
  clinic_id uuid not null,
  contact_id uuid not null,
  version integer not null check (version > 0),
  way text not null check (way in ('call_in', 'call_out', 'desk', 'email')),
  words_sealed bytea not null, -- as it stood in the contact: sealed for that row and column
  replaced_at timestamptz not null,
  primary key (clinic_id, contact_id, version),
  foreign key (clinic_id, contact_id) references contact
);

-- Who wrote it, when, and of whom is never changed; words and way are, by their author and within the day. Whose record it hangs on
-- may change, for records are merged.
create function keep_contact() returns trigger language plpgsql as $$
begin
  if (new.branch_id, new.caller_name, new.caller_phone, new.task_id, new.written_by, new.written_at) is distinct from (old.branch_id, old.caller_name, old.caller_phone, old.task_id, old.written_by, old.written_at) then
    raise exception 'append_only: of a contact only its words and way are corrected' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_contact before update on contact for each row execute function keep_contact();

call scope_table('contact', 'select, insert, update', '');
call scope_table('contact_earlier', 'select, insert', '');
call append_only('contact_earlier');
