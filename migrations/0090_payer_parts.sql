-- Why: an insurer or an employer pays a part of a visit and the patient the rest. A part is chosen before the visit is billed; then it has a transaction
-- invoice (300) of its own, made out to whoever pays it, and the visit's own document is less by as much. What an organisation does not pay after
-- all is asked for anew from somebody else, by a 300 that stands on its own.
-- Locks: invoice, against everything, while one partial index is built anew: a moment for each hundred thousand documents.
create table visit_payer_part (
  clinic_id uuid not null,
  appointment_id uuid not null,
  organisation_id uuid not null,
  basis_points integer check (basis_points between 1 and 10000), -- of what its treatments cost
  agorot bigint check (agorot > 0),
  procedure_ids uuid[] check (cardinality(procedure_ids) between 1 and 100), -- which treatments it pays for, rows of procedure_done; null: all of the visit
  chosen_by uuid not null,
  chosen_at timestamptz not null,
  primary key (clinic_id, appointment_id, organisation_id),
  foreign key (clinic_id, appointment_id) references appointment,
  foreign key (clinic_id, organisation_id) references organisation,
  foreign key (clinic_id, chosen_by) references staff,
  constraint visit_payer_part_one_measure check (num_nonnulls(basis_points, agorot) = 1)
);
create index visit_payer_part_by_organisation on visit_payer_part (clinic_id, organisation_id);
create index visit_payer_part_by_staff on visit_payer_part (clinic_id, chosen_by);
call scope_table('visit_payer_part', 'select, insert, update, delete', 'select');

-- A part of a visit that its own document does not ask for; or what another 300 asked somebody else for: based on that, or on the last credit note of what it got.
alter table invoice
  add column payer_part boolean not null default false,
  add column instead_of_id uuid,
  add foreign key (clinic_id, instead_of_id) references invoice,
  add constraint invoice_payer_part_of_visit check (not payer_part or (kind = '300' and appointment_id is not null and (organisation_id is not null or instead_of_id is not null))),
  add constraint invoice_instead_of_one check ((instead_of_id is null) = (not payer_part or based_on_id is null));
create index invoice_by_instead_of on invoice (clinic_id, instead_of_id) where instead_of_id is not null;
drop index invoice_once_per_visit;
create unique index invoice_once_per_visit on invoice (clinic_id, appointment_id) where appointment_id is not null and based_on_id is null and kind in ('300', '305', '320') and not advance and not payer_part;
drop index invoice_billed_anew_once;
create unique index invoice_billed_anew_once on invoice (clinic_id, appointment_id, based_on_id) where kind = '300' and based_on_id is not null and not payer_part;
create unique index invoice_payer_part_once on invoice (clinic_id, appointment_id, organisation_id) where payer_part and based_on_id is null;

create or replace function document_of_visit(clinic uuid, visit uuid) returns uuid language sql stable as $$
  select v.id from invoice v where v.clinic_id = clinic and v.appointment_id = visit and not v.advance and not v.payer_part
    and (v.kind = '300' or (v.based_on_id is null and v.kind in ('305', '320'))) order by v.based_on_id is null, v.number desc limit 1 $$;

-- The 300 that asks an organisation for its part of a visit: the last one, where it was credited whole and asked anew.
create function document_of_part(clinic uuid, visit uuid, organisation uuid) returns uuid language sql stable as $$
  select v.id from invoice v left join invoice w on w.clinic_id = v.clinic_id and w.id = v.instead_of_id
  where v.clinic_id = clinic and v.appointment_id = visit and v.organisation_id = organisation and v.payer_part
    and (v.based_on_id is null or (w.organisation_id = organisation and w.payer_part)) order by v.number desc limit 1 $$;

-- What a visit was billed with: its own document, and the parts of others beside it, once each. Null before it is billed.
create function billed_for_visit(clinic uuid, visit uuid) returns bigint language sql stable as $$
  select (v.total_agorot + coalesce((select sum(s.total_agorot) from visit_payer_part w join invoice s on s.clinic_id = w.clinic_id and s.id = document_of_part(w.clinic_id, w.appointment_id, w.organisation_id)
    where w.clinic_id = clinic and w.appointment_id = visit), 0))::bigint
  from invoice v where v.clinic_id = clinic and v.id = document_of_visit(clinic, visit) $$;

-- The 300 that a document belongs to: up from receipts, credit notes and vouchers, and where somebody else was asked for the rest of one, the first.
create function first_request(clinic uuid, document uuid) returns uuid language sql stable as $$
  with recursive up as (
    select v.id, v.kind, v.based_on_id, 0 as step from invoice v where v.clinic_id = clinic and v.id = document
    union all select b.id, b.kind, b.based_on_id, up.step + 1 from up join invoice b on b.clinic_id = clinic and b.id = up.based_on_id where up.kind <> '300' or b.kind = '300')
  select id from up order by step desc limit 1 $$;

-- What credit notes took back of what a 300 got, and is not asked anew. Advances that it deducted are not among it.
create function credited_of_request(clinic uuid, request uuid) returns bigint language sql stable as $$
  with taxed as (
    select f.id from invoice f where f.clinic_id = clinic and f.based_on_id = request and f.kind in ('305', '320')
    union select t.id from invoice r join invoice t on t.clinic_id = r.clinic_id and t.based_on_id = r.id and t.kind = '305' where r.clinic_id = clinic and r.based_on_id = request and r.kind = '400')
  select (coalesce((select sum(k.total_agorot) from invoice k join taxed on taxed.id = k.based_on_id where k.clinic_id = clinic and k.kind = '330'), 0)
    - coalesce((select sum(n.total_agorot) from invoice n where n.clinic_id = clinic and n.instead_of_id = request and n.based_on_id <> request), 0))::bigint $$;

-- What somebody else is asked for is asked here no more.
create or replace function received_on(clinic uuid, request uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(s.total_agorot - case when s.kind = '400' then untaxed_gone(clinic, s.id) else 0 end) from invoice s
      where s.clinic_id = clinic and s.based_on_id = request and (s.kind in ('305', '320', '400') or (s.kind = '300' and s.payer_part))), 0)
    + coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = clinic and u.request_id = request), 0))::bigint $$;

-- Nobody is asked for more than is left of a document, or came back of it.
create function reassigned_within() returns trigger language plpgsql as $$
declare
  left_of bigint;
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.instead_of_id and kind = '300' for update;
  if not found then raise exception 'only what a transaction invoice asked for is asked of another' using errcode = 'check_violation', constraint = 'reassigned_within'; end if;
  select case when new.based_on_id = b.id then b.total_agorot - received_on(b.clinic_id, b.id) else credited_of_request(b.clinic_id, b.id) end into left_of
    from invoice b where b.clinic_id = new.clinic_id and b.id = new.instead_of_id;
  -- A part that was credited whole is billed anew to the same organisation, as large as it is now.
  if left_of >= (select b.total_agorot from invoice b where b.clinic_id = new.clinic_id and b.id = new.instead_of_id and b.organisation_id = new.organisation_id) then return new; end if;
  if new.total_agorot > left_of then raise exception 'more is asked than is left' using errcode = 'check_violation', constraint = 'reassigned_within'; end if;
  return new;
end $$;
create trigger reassigned_within before insert on invoice for each row when (new.instead_of_id is not null) execute function reassigned_within();
