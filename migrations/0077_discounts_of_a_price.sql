-- Why: a visit may get another kind, or its price another list, after a sum was taken off it. Of a smaller price the same sum would be a larger part than
-- whoever gave it may give: the price that it was given on is kept, and the sum never becomes a larger part than it was. ADR 45.
-- Locks: visit_discount for an instant; no row is written.
alter table visit_discount add column of_agorot bigint check (of_agorot > 0); -- what the line cost when it was given; null: not kept, no more than the line

drop function discount_on(bigint, integer, bigint);

-- Agorot off a line that costs `gross` now: the same as `discountKept` of the domain (packages/domain/src/invoices/discount.ts). Nothing was given: nothing.
create function discount_kept(gross bigint, basis_points integer, agorot bigint, of_agorot bigint) returns bigint language sql immutable parallel safe as $$
  select case when basis_points is not null then round(gross * basis_points / 10000.0)::bigint when agorot is null then 0 else least(agorot, agorot * gross / coalesce(of_agorot, agorot)) end $$;
