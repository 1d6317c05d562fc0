import { sql } from 'kysely'
import type { DiscountLimits, Off } from '@yoman/domain/invoices/discount'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

/** What a row `d` of `procedure_done` costs: the same as `costOf` of the domain. */
export const procedureCost = sql<number>`(d.quantity * d.unit_price_agorot - d.discount_agorot)`

/** What was given on the visit `a` that has no encounter, as `OffPrice` of the domain; null where nothing was. */
export const visitOff = sql`(select jsonb_build_object('off', jsonb_strip_nulls(jsonb_build_object('basisPoints', x.basis_points, 'agorot', x.agorot)), 'was', x.of_agorot) from visit_discount x where x.clinic_id = a.clinic_id and x.appointment_id = a.id)`

/** Somebody's discount on a line. */
export interface Given {
  off: Off
  /** What the line costs without it. */
  was: number
  /** What it comes to, more than nothing. */
  agorot: number
  reason: string
  by: string
  at: Instant
}

/** What is off a procedure; null: nothing any more. The caller holds its encounter. */
export async function setProcedureDiscount(tx: Tx, procedureId: string, given: Given | null): Promise<void> {
  await tx.updateTable('procedure_done')
    .set({
      discount_agorot: given?.agorot ?? 0, discount_basis_points: given && 'basisPoints' in given.off ? given.off.basisPoints : null,
      discount_reason: given?.reason ?? '', discount_by: given?.by ?? null, discount_at: given?.at ?? null,
    })
    .where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', procedureId).execute()
}

/** The same for the one line of a visit without an encounter. The caller holds the visit. */
export async function setVisitDiscount(tx: Tx, clinicId: string, appointmentId: string, given: Given | null): Promise<void> {
  await tx.deleteFrom('visit_discount').where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).execute()
  if (given === null) return
  const { off, was, reason, by, at } = given
  await tx.insertInto('visit_discount')
    .values({ clinic_id: clinicId, appointment_id: appointmentId, basis_points: 'basisPoints' in off ? off.basisPoints : null, agorot: 'agorot' in off ? off.agorot : null, of_agorot: was, reason, given_by: by, given_at: at })
    .execute()
}

export interface DiscountSetting {
  limits: DiscountLimits
  reasons: string[]
  /** 0 until the clinic sets something. */
  version: number
}

export async function findDiscountSetting(db: Db): Promise<DiscountSetting> {
  const row = await db.selectFrom('discount_setting').select(['limits', 'reasons', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ?? { limits: {}, reasons: [], version: 0 }
}

/** Writes on top of `version`, 0 where there is nothing yet. @returns whether nobody was faster. */
export async function saveDiscountSetting(tx: Tx, { limits, reasons, version }: DiscountSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into discount_setting (clinic_id, limits, reasons)
    select current_clinic(), ${JSON.stringify(limits)}::jsonb, ${reasons}::text[] where ${version}::int = 0 or exists (select from discount_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set limits = excluded.limits, reasons = excluded.reasons, version = discount_setting.version + 1
      where discount_setting.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}
