-- Why: a cheque that is gone opens a debt: of the transaction invoice behind its receipt, or, where it was taxed, of its own voucher. Both have to
-- be among the documents that something may be owed on. A voucher stays there: its debt may come back when a credit note is paid out.
-- Locks: invoice and open_request, against everything, for a moment: two functions are replaced; vouchers of cheques are new since 0059, of which
-- there are a handful.
create or replace function look_at_request(clinic uuid, request uuid) returns void language plpgsql as $$
begin
  if exists (select from invoice v where v.clinic_id = clinic and v.id = request
      and ((v.kind = '300' and v.total_agorot > received_on(v.clinic_id, v.id)) or (v.kind = '410' and v.cheque_id is not null))) then
    insert into open_request values (clinic, request) on conflict do nothing;
  else
    delete from open_request q where q.clinic_id = clinic and q.invoice_id = request;
  end if;
end $$;

create or replace function look_at_request_of_document() returns trigger language plpgsql as $$
begin
  if new.kind = '300' or (new.kind = '410' and new.cheque_id is not null) then perform look_at_request(new.clinic_id, new.id); end if;
  if new.based_on_id is not null then perform look_at_request(new.clinic_id, new.based_on_id); end if;
  if new.kind = '410' and new.cheque_id is not null then
    perform look_at_request(r.clinic_id, r.based_on_id) from invoice r where r.clinic_id = new.clinic_id and r.id = new.based_on_id and r.based_on_id is not null;
  end if;
  return null;
end $$;

alter table invoice no force row level security;
alter table open_request no force row level security;
insert into open_request select v.clinic_id, q.id from invoice v join lateral (values (v.id), ((select r.based_on_id from invoice r where r.clinic_id = v.clinic_id and r.id = v.based_on_id))) q (id) on q.id is not null
  where v.kind = '410' and v.cheque_id is not null on conflict do nothing;
alter table invoice force row level security;
alter table open_request force row level security;
