-- Why: whose document a visit has is asked for each visit of a list. Since a visit can have several documents (0058) no index answered it, and
-- each question read all documents: with a hundred thousand of them the debts, the closing of a month and the reports took longer than they may.
-- Locks: writes of invoice while the index is built, a second for some hundred thousand documents.
create index invoice_by_visit on invoice (clinic_id, appointment_id) where appointment_id is not null;
