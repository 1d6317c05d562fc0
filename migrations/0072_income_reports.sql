-- Why: income is reported by three dates: of the visit, of the document, of the money. Each is found by an index of its own.
-- Locks: payment, refund, invoice, advance_use and encounter against writers, while an index of each is built: a second for each half
-- million rows.
create index invoice_by_day on invoice (clinic_id, issued_on);
create index payment_by_time on payment (clinic_id, received_at);
create index refund_by_time on refund (clinic_id, given_at);
create index advance_use_by_time on advance_use (clinic_id, used_at);
create index encounter_of_no_visit on encounter (clinic_id, started_at) where appointment_id is null;

-- The rate of VAT that holds on a day, in basis points; the same as `vatRateOn` of the domain.
create function vat_rate_on(day date) returns integer language sql stable as $$
  select r.rate_basis_points from vat_rate r where r.valid_from <= day order by r.valid_from desc limit 1 $$;

-- The VAT inside of a sum that includes it, half an agora away from nothing; the same as `vatOfGross` of the domain.
create function vat_within(gross bigint, basis_points integer) returns bigint language sql immutable as $$
  select round(gross::numeric * basis_points / (10000 + basis_points))::bigint $$;
