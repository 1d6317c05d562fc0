-- Why: a percent that somebody gave on a visit of one price was a percent of whatever the visit costs later, so a dearer kind of visit made of a small gift a
-- large one in the giver's name. It is never more agorot now than when it was given. ADR 45.
-- Locks: none; no row is written.

-- Agorot off a line that costs `gross` now: the same as `discountKept` of the domain (packages/domain/src/invoices/discount.ts). Nothing was given: nothing.
create or replace function discount_kept(gross bigint, basis_points integer, agorot bigint, of_agorot bigint) returns bigint language sql immutable parallel safe as $$
  select case when basis_points is not null then round(least(gross, of_agorot) * basis_points / 10000.0)::bigint -- an unknown price bounds nothing
    when agorot is null then 0 else least(agorot, agorot * gross / coalesce(of_agorot, agorot)) end $$;
