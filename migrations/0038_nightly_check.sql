-- Why: each night the fortnight ahead is looked at and what will go wrong is written down, once for a branch and a date; who answers
-- for the clinic is told by e-mail, and as well when something is late. Such a mail has no patient. Of each month the numbers are counted,
-- with what SMS cost by their parts.
-- Locks: message for a moment: a column that may be null, one that need not be filled any more, and a wider check whose old rows are
-- looked at afterwards, while others read and write.
create table reminder_check (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  on_date date not null, -- on the branch's wall
  checked_at timestamptz not null,
  leaves integer not null, -- messages in the fortnight
  silent_patients integer not null, -- with a visit in it of which they will hear nothing
  unplanned integer not null, -- visits in it without any reminder
  bare_days date[] not null, -- days with visits of which nobody will hear
  cost integer, -- agorot; null where a part has no price
  told boolean not null, -- it was news, and the owners were told
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  constraint reminder_check_once unique (clinic_id, branch_id, on_date)
);
call scope_table('reminder_check', 'select', 'select, insert');

alter table message alter column patient_id drop not null;
alter table message add column staff_id uuid; -- to whom it goes, where that is no patient
alter table message add foreign key (clinic_id, staff_id) references staff not valid;
alter table message validate constraint message_clinic_id_staff_id_fkey;
alter table message add constraint message_for_somebody check (patient_id is not null or staff_id is not null) not valid;
alter table message validate constraint message_for_somebody;
alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check
  check (kind in ('reminder', 'booked', 'moved', 'cancelled', 'invoice', 'offer', 'series_changed', 'series_cancelled', 'form', 'alarm')) not valid;
alter table message validate constraint message_kind_check;

-- The parts that an SMS costs, as the networks count them: 160 letters of GSM-7 or 153 each, else 70 units of UTF-16 or 67 each. That a
-- part does not end inside a sign of two is left out: a long text full of emoji may cost one more.
create function sms_parts(body text) returns integer language sql immutable strict parallel safe as $$
  with counted as (
    select body ~ '^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&''()*+,./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\[~\]|€\\-]*$' as plain,
      length(body) + length(regexp_replace(body, '[^\^{}\[~\]|€\\]', '', 'g')) as septets,
      length(body) + length(regexp_replace(body, '[^\U00010000-\U0010FFFF]', '', 'g')) as units)
  select greatest(1, case when plain then case when septets <= 160 then 1 else ceil(septets / 153.0) end else case when units <= 70 then 1 else ceil(units / 67.0) end end)::integer from counted
$$;
create index message_reminders_by_time on message (clinic_id, created_at) where kind = 'reminder';

-- How much is late over all clinics: a number for whoever watches the machines, and no row.
create function is_counting_late() returns boolean language sql stable parallel safe
  return current_setting('app.purpose', true) = 'late';
create policy counts_late on reminder for select to yoman_api using (is_counting_late());
create policy counts_late on message for select to yoman_api using (is_counting_late());
