-- Why: who pays for a visit is fixed with the first money that is taken for it, until somebody chooses anew: what a patient paid is not deducted from
-- the document of an employer that pays for the patient's visits from the next day on. Money that waited is receipted by the worker, for nobody's choice.
-- Locks: visit_payer for an instant; no row is written.
alter table visit_payer alter column chosen_by drop not null; -- null: nobody chose; it was so when its money was receipted
grant insert on visit_payer to yoman_worker;
