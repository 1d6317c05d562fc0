import { type Insertable, type Selectable, sql } from 'kysely'
import type { ReminderWish } from '@yoman/domain/reminders/rules'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ReminderWishTable } from './table.ts'

export type WishRow = Selectable<ReminderWishTable>

/** What a patient asked for about reminders; undefined where they asked for nothing of their own. */
export const findWish = (db: Db, clinicId: string, patientId: string): Promise<WishRow | undefined> =>
  db.selectFrom('reminder_wish').selectAll().where('clinic_id', '=', clinicId).where('patient_id', '=', patientId).executeTakeFirst()

export const wishOf = ({ id, reminders, extra_days_before, extra_at_time }: Pick<WishRow, 'id' | 'reminders' | 'extra_days_before' | 'extra_at_time'>): ReminderWish => ({
  id, reminders, extra: extra_days_before === null || extra_at_time === null ? null : { daysBefore: extra_days_before, atTime: extra_at_time },
})

/** Writes on top of `version`, 0 where there was none. @returns whether nobody was faster. */
export async function saveWish(tx: Tx, version: number, row: Omit<Insertable<ReminderWishTable>, 'version'>): Promise<boolean> {
  const { id: _, clinic_id: __, patient_id: ___, ...words } = row
  const saved = version === 0
    ? await tx.insertInto('reminder_wish').values(row).onConflict((on) => on.constraint('reminder_wish_once').doNothing()).returning('id').executeTakeFirst()
    : await tx.updateTable('reminder_wish').set({ ...words, version: version + 1 })
        .where('clinic_id', '=', sql<string>`current_clinic()`).where('patient_id', '=', row.patient_id).where('version', '=', version).returning('id').executeTakeFirst()
  return saved !== undefined
}

/** The ids of the visits still to come of the patient whose wish it is. */
export async function visitsAheadOf(db: Db, wishId: string, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from reminder_wish w join appointment a on a.clinic_id = w.clinic_id and a.patient_id = w.patient_id
    where w.clinic_id = current_clinic() and w.id = ${wishId}::uuid and a.status in ('booked', 'confirmed') and a.starts_at > ${now} order by a.starts_at, a.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The ids of the visits still to come of a patient and of those who were ever merged into them. */
export async function visitsAheadOfMerged(db: Db, survivorId: string, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from appointment a
    where a.clinic_id = current_clinic() and a.status in ('booked', 'confirmed') and a.starts_at > ${now}
      and a.patient_id in (select ${survivorId}::uuid union select g.merged_id from patient_merge g where g.clinic_id = current_clinic() and g.survivor_id = ${survivorId}::uuid)
    order by a.starts_at, a.id`.execute(db)
  return rows.map(({ id }) => id)
}
