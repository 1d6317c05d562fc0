-- Why: the cash desk of a branch is closed once a day: what should be there by each means, what was counted, and who explains the
-- difference. Which payments a closing holds is written down, not told from times: a payment that was on its way while the desk was
-- closed belongs to the next closing, and none to two.
-- A payment may say whose desk took it: a visit of one branch is sometimes paid at another.
-- Locks: payment, against everything, for a moment: the column is empty. Else new tables only.
alter table payment
  add column branch_id uuid, -- null: the visit's branch
  add foreign key (clinic_id, branch_id) references branch;

create table cash_closing (
  clinic_id uuid not null,
  id uuid not null,
  branch_id uuid not null,
  day date not null, -- on the branch's wall; it may be closed later than that evening
  since timestamptz not null, -- what came in before the desk was first closed here is nobody's to count
  closed_at timestamptz not null,
  closed_by uuid not null,
  left_agorot bigint not null check (left_agorot between 0 and 100000000), -- stays in the drawer for the next day
  primary key (clinic_id, id),
  foreign key (clinic_id, branch_id) references branch,
  foreign key (clinic_id, closed_by) references staff,
  constraint cash_closing_once unique (clinic_id, branch_id, day)
);
create index cash_closing_by_time on cash_closing (clinic_id, branch_id, closed_at desc, id desc);

create table cash_closing_means (
  clinic_id uuid not null,
  closing_id uuid not null,
  method text not null check (method in ('cash', 'card', 'transfer', 'bit', 'cheque')),
  payments integer not null check (payments >= 0),
  expected_agorot bigint not null check (expected_agorot >= 0),
  counted_agorot bigint not null check (counted_agorot between 0 and 10000000000),
  reason text not null default '' check (length(reason) <= 300),
  primary key (clinic_id, closing_id, method),
  foreign key (clinic_id, closing_id) references cash_closing,
  constraint cash_closing_difference_explained check (expected_agorot = counted_agorot or btrim(reason) <> '')
);

create table cash_closing_payment (
  clinic_id uuid not null,
  payment_id uuid not null,
  closing_id uuid not null,
  primary key (clinic_id, payment_id),
  foreign key (clinic_id, payment_id) references payment,
  foreign key (clinic_id, closing_id) references cash_closing
);
create index cash_closing_payment_by_closing on cash_closing_payment (clinic_id, closing_id);

call scope_table('cash_closing', 'select, insert', '');
call append_only('cash_closing');
call scope_table('cash_closing_means', 'select, insert', '');
call append_only('cash_closing_means');
call scope_table('cash_closing_payment', 'select, insert', '');
call append_only('cash_closing_payment');
