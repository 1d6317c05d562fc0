-- Why: two people wrote one note, and one text was chosen: the other is kept beside it, as a version that does not count as its text.
-- Locks: note_version, for as long as its rows are looked through once for the wider check.
alter table note_version drop constraint note_version_kind_check;
alter table note_version add constraint note_version_kind_check check (kind in ('draft', 'aside', 'signed', 'amendment'));
