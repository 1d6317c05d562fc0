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

-- A part of a visit that its own document does not ask for. Based on another 300, or on the credit note of one, it asks for what that one did.
alter table invoice
  add column payer_part boolean not null default false,
  add constraint invoice_payer_part_of_visit check (not payer_part or (kind = '300' and appointment_id is not null and (organisation_id is not null or based_on_id is not null)));
drop index invoice_once_per_visit;
create unique index invoice_once_per_visit on invoice (clinic_id, appointment_id) where appointment_id is not null and based_on_id is null and kind in ('300', '305', '320') and not advance and not payer_part;
create unique index invoice_payer_part_once on invoice (clinic_id, appointment_id, organisation_id) where payer_part and based_on_id is null;

create or replace function document_of_visit(clinic uuid, visit uuid) returns uuid language sql stable as $$
  select v.id from invoice v where v.clinic_id = clinic and v.appointment_id = visit and not v.advance and not v.payer_part
    and (v.kind = '300' or (v.based_on_id is null and v.kind in ('305', '320'))) order by v.based_on_id is null, v.number desc limit 1 $$;

-- What a visit was billed with: its own document, and the parts that others were asked for beside it, once each. Null before it is billed.
create function billed_for_visit(clinic uuid, visit uuid) returns bigint language sql stable as $$
  select (v.total_agorot + coalesce((select sum(s.total_agorot) from invoice s where s.clinic_id = clinic and s.appointment_id = visit and s.payer_part and s.based_on_id is null), 0))::bigint
  from invoice v where v.clinic_id = clinic and v.id = document_of_visit(clinic, visit) $$;

-- What somebody else is asked for is asked here no more.
create or replace function received_on(clinic uuid, request uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(s.total_agorot - case when s.kind = '400' then untaxed_gone(clinic, s.id) else 0 end) from invoice s
      where s.clinic_id = clinic and s.based_on_id = request and (s.kind in ('305', '320', '400') or (s.kind = '300' and s.payer_part))), 0)
    + coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = clinic and u.request_id = request), 0))::bigint $$;

-- Nobody is asked for more than is left of a document.
create function reassigned_within() returns trigger language plpgsql as $$
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.based_on_id for update;
  if exists (select from invoice b where b.clinic_id = new.clinic_id and b.id = new.based_on_id and b.kind = '300' and received_on(b.clinic_id, b.id) + new.total_agorot > b.total_agorot) then
    raise exception 'more is asked than is left' using errcode = 'check_violation', constraint = 'reassigned_within';
  end if;
  return new;
end $$;
create trigger reassigned_within before insert on invoice for each row when (new.payer_part and new.based_on_id is not null) execute function reassigned_within();
