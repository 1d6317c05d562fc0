-- Why: nobody should have to guess why a reminder of a Sunday visit leaves on Friday. The reason is written when it is planned.
-- Locks: a moment on reminder; a nullable column without a default rewrites nothing.
alter table reminder add column moved_for text check (moved_for in ('sabbath', 'holiday', 'eve', 'night'));
