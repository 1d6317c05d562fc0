-- Why: a debt that will never be paid stood in the lists and was asked for on every statement for ever. Whoever may credit may give it up, with a
-- reason, and take that back: then nobody asks for it any more. The document stays as it is and money may still come for it: no entry, no number.
-- Locks: open_request for an instant; a function is replaced.
create table debt_write_off (
  clinic_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  amount_agorot bigint not null check (amount_agorot > 0), -- what was owed on it then
  reason text not null check (btrim(reason) <> '' and length(reason) <= 300),
  made_by uuid not null,
  made_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, invoice_id) references invoice,
  foreign key (clinic_id, made_by) references staff,
  foreign key (clinic_id, ended_by) references staff,
  constraint debt_write_off_ended_by_somebody check ((ended_by is null) = (ended_at is null))
);
create unique index debt_write_off_once on debt_write_off (clinic_id, invoice_id) where ended_at is null;
create index debt_write_off_by_invoice on debt_write_off (clinic_id, invoice_id);
create index debt_write_off_by_staff on debt_write_off (clinic_id, made_by);
create index debt_write_off_by_ender on debt_write_off (clinic_id, ended_by) where ended_by is not null;
call scope_table('debt_write_off', 'select, insert, update (ended_by, ended_at)', 'select');

create or replace function look_at_request(clinic uuid, request uuid) returns void language plpgsql as $$
begin
  if exists (select from invoice v where v.clinic_id = clinic and v.id = request
      and ((v.kind = '300' and v.total_agorot > received_on(v.clinic_id, v.id)) or (v.kind = '410' and v.cheque_id is not null)))
    and not exists (select from debt_write_off w where w.clinic_id = clinic and w.invoice_id = request and w.ended_at is null) then
    insert into open_request values (clinic, request) on conflict do nothing;
  else
    delete from open_request q where q.clinic_id = clinic and q.invoice_id = request;
  end if;
end $$;

create function look_at_request_of_write_off() returns trigger language plpgsql as $$
begin
  perform look_at_request(new.clinic_id, new.invoice_id);
  return null;
end $$;
create trigger look_at_request after insert or update on debt_write_off for each row execute function look_at_request_of_write_off();
