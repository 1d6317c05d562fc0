-- Why: the checks that credits and refunds brought hold for old rows too; looking at them takes as long as there are documents.
-- Locks: none that hinder anybody who reads or writes rows.
alter table document_counter validate constraint document_counter_kind_check;
alter table invoice validate constraint invoice_kind_check;
alter table invoice validate constraint invoice_takes_back;
alter table invoice validate constraint invoice_credit_reason;
alter table invoice_line validate constraint invoice_line_credits_line_check;
