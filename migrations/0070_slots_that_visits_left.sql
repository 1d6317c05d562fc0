-- The register of appointments tells of each hour also the visits that were moved away from it: they are found by the hour that they left.
create index event_moved_from on event (clinic_id, ((details -> 'from' ->> 'startsAt') collate "C")) where name = 'appointment.moved';
