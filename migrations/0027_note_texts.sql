-- Why: a note begins with the template of its kind of visit, and a few letters become a phrase: of the clinic, or of one person.
-- Locks: none, new tables only.
create table note_text (
  clinic_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('template', 'snippet')),
  owner_id uuid, -- null: everybody's here
  name text not null check (length(name) between 1 and 80), -- of a snippet: the letters that are typed
  body text not null check (length(body) between 1 and 10000), -- of no patient
  version integer not null default 1,
  primary key (clinic_id, id),
  foreign key (clinic_id, owner_id) references staff,
  constraint note_text_name_once unique nulls not distinct (clinic_id, owner_id, kind, name),
  constraint note_text_letters check (kind <> 'snippet' or name ~ '^[^[:space:];/]{1,20}$')
);

-- The kinds of visit whose notes begin with a template: one of the clinic's, and one of each person's own, which goes first.
create table note_text_start (
  clinic_id uuid not null,
  note_text_id uuid not null,
  visit_type_id uuid not null,
  owner_id uuid,
  primary key (clinic_id, note_text_id, visit_type_id),
  foreign key (clinic_id, note_text_id) references note_text on delete cascade,
  foreign key (clinic_id, visit_type_id) references visit_type,
  constraint note_text_start_once unique nulls not distinct (clinic_id, owner_id, visit_type_id)
);

call scope_table('note_text', 'select, insert, update, delete', '');
call scope_table('note_text_start', 'select, insert, delete', '');
