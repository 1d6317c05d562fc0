import type { Db } from '../database.ts'

/** What stands on top of a branch's papers, as it is now. */
export const letterheadOf = (db: Db, branchId: string) =>
  db
    .selectFrom('branch as b')
    .innerJoin('clinic as c', 'c.id', 'b.clinic_id')
    .select(['c.name', 'c.name_en', 'c.legal_name', 'c.vat_number', 'c.phone', 'c.email', 'b.name as branch_name', 'b.name_en as branch_name_en', 'b.address', 'b.city', 'b.phone as branch_phone', 'b.time_zone'])
    .where('b.id', '=', branchId)
    .executeTakeFirst()
