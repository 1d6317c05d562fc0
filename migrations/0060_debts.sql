-- Why: what is owed is listed by how long it has been due. How many days a patient has to pay is the clinic's to say; the task of somebody's promise
-- follows in a file of its own (0064).
-- Of hundreds of thousands of documents a few thousand are owed on: they are kept by name, so that nobody has to add up all the others.
-- A row says "something may be owed on it", no sum: that is always added up from the documents. Whatever changes what `received_on`
-- answers has to have the document looked at.
-- Locks: invoice against writers for as long as its rows are read once: a second or two where there are a million.
create table open_request (
  clinic_id uuid not null,
  invoice_id uuid not null,
  primary key (clinic_id, invoice_id),
  foreign key (clinic_id, invoice_id) references invoice
);

-- Looked at whenever something is written for a document: a row comes back as it went. Who settles a document has locked it, so that the
-- sum is whole; who did not leaves a row too many, which hides nothing.
create function look_at_request(clinic uuid, request uuid) returns void language plpgsql as $$
begin
  if exists (select from invoice v where v.clinic_id = clinic and v.id = request and v.kind = '300' and v.total_agorot > received_on(v.clinic_id, v.id)) then
    insert into open_request values (clinic, request) on conflict do nothing;
  else
    delete from open_request q where q.clinic_id = clinic and q.invoice_id = request;
  end if;
end $$;
create function look_at_request_of_document() returns trigger language plpgsql as $$
begin
  if new.kind = '300' then perform look_at_request(new.clinic_id, new.id); end if;
  if new.based_on_id is not null then perform look_at_request(new.clinic_id, new.based_on_id); end if;
  return null;
end $$;
create function look_at_request_of_use() returns trigger language plpgsql as $$
begin
  perform look_at_request(new.clinic_id, new.request_id);
  return null;
end $$;

lock table invoice, advance_use in share row exclusive mode;
alter table invoice no force row level security;
alter table advance_use no force row level security;
insert into open_request select v.clinic_id, v.id from invoice v where v.kind = '300' and v.total_agorot > received_on(v.clinic_id, v.id);
alter table invoice force row level security;
alter table advance_use force row level security;
create trigger look_at_request after insert on invoice for each row when (new.kind = '300' or new.based_on_id is not null) execute function look_at_request_of_document();
create trigger look_at_request after insert on advance_use for each row execute function look_at_request_of_use();
call scope_table('open_request', 'select, insert, delete', 'select, insert, delete');

create table debt_setting (
  clinic_id uuid primary key,
  days_to_pay smallint not null default 0 check (days_to_pay between 0 and 120), -- from the document's date to the day it is due
  version integer not null default 1,
  foreign key (clinic_id) references clinic
);
call scope_table('debt_setting', 'select, insert, update', 'select');
