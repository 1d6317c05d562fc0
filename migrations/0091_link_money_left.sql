-- Why: an owner may leave a payment provider that is silent about money that its callbacks named. What was named is kept, with the payment page
-- by which it came as a hash, and is asked about again when that page is connected again; another merchant is never asked about it (ADR 49).
-- Locks: payment_link_money for a moment.
alter table payment_link_money add column left_page bytea, add constraint payment_link_money_left check (left_page is null or state = 'heard');
