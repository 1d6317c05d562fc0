-- Why: many visits that change together are told of by one message, which has to say of which visits it spoke and what.
-- Locks: message and message_template get a wider check of their kinds; each takes its table for a moment, and the rows of
--        message are looked at by `validate` afterwards, while others read and write.
create table message_visit (
  clinic_id uuid not null,
  message_id uuid not null,
  appointment_id uuid not null,
  starts_at timestamptz not null, -- as the message says it
  cancelled boolean not null, -- said to take place then, or not to take place any more
  primary key (clinic_id, message_id, appointment_id),
  foreign key (clinic_id, message_id) references message,
  foreign key (clinic_id, appointment_id) references appointment
);
create index message_visit_by_appointment on message_visit (clinic_id, appointment_id);

call scope_table('message_visit', 'select, insert', 'select, insert');
call append_only('message_visit');

alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check
  check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled')) not valid;
alter table message validate constraint message_kind_check;
alter table message_template drop constraint message_template_kind_check;
alter table message_template add constraint message_template_kind_check
  check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled'));
