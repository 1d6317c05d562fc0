import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { ConsentTable } from '../patients/table.ts'

export type ConsentRow = Selectable<ConsentTable>

/** What holds now: the newest row of each channel and purpose. */
export const currentConsents = (db: Db, patientId: string): Promise<ConsentRow[]> =>
  db
    .selectFrom('consent')
    .selectAll()
    .distinctOn(['channel', 'purpose'])
    .where('patient_id', '=', patientId)
    .orderBy('channel')
    .orderBy('purpose')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export const findConsent = (db: Db, id: string): Promise<ConsentRow | undefined> =>
  db.selectFrom('consent').selectAll().where('id', '=', id).executeTakeFirst()

export const insertConsent = (tx: Tx, row: Insertable<ConsentTable>) => tx.insertInto('consent').values(row).execute()
