import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { OpeningRow, PractitionerRow, WorkingRow } from '../settings/queries.ts'

/** The hours of a branch become these and no others. */
export async function replaceOpeningHours(tx: Tx, clinicId: string, branchId: string, hours: readonly OpeningRow[]): Promise<void> {
  const gone = tx.deleteFrom('opening_hours').where('branch_id', '=', branchId).execute()
  const added = sql`insert into opening_hours (clinic_id, id, branch_id, weekday, opens, closes)
    select ${clinicId}::uuid, gen_random_uuid(), ${branchId}::uuid, t.weekday, t.opens, t.closes
    from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as t(weekday smallint, opens time, closes time)`.execute(tx)
  await Promise.all([gone, added])
}

/** The week of a resource becomes these hours and no others. */
export async function replaceWorkingHours(tx: Tx, clinicId: string, resourceId: string, hours: readonly WorkingRow[]): Promise<void> {
  const gone = tx.deleteFrom('working_hours').where('resource_id', '=', resourceId).execute()
  const added = sql`insert into working_hours (clinic_id, id, resource_id, branch_id, weekday, starts, ends, valid_from, valid_to)
    select ${clinicId}::uuid, gen_random_uuid(), ${resourceId}::uuid, t."branchId", t.weekday, t.starts, t.ends, t."validFrom", t."validTo"
    from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb)
      as t("branchId" uuid, weekday smallint, starts time, ends time, "validFrom" date, "validTo" date)`.execute(tx)
  await Promise.all([gone, added])
}

export async function savePractitioner(tx: Tx, clinicId: string, id: string, person: PractitionerRow): Promise<void> {
  const values = { staff_id: person.staffId, profession: person.profession, title: person.title, speciality: person.speciality, licence_number: person.licenceNumber }
  await tx
    .insertInto('practitioner')
    .values({ clinic_id: clinicId, id, ...values })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'id']).doUpdateSet(values))
    .execute()
}
