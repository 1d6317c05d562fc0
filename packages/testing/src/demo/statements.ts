import { sql } from 'kysely'
import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import { findReaders } from '@yoman/db/statements/accounts'
import { changeStatementSetting } from '@yoman/use-cases/statements/settings'
import { composeStatementMessage } from '@yoman/messaging/statements/compose'
import { type Instant, isAfter, type PlainDate } from '@yoman/domain/time'
import { systemContext } from '@yoman/use-cases/context'
import { writeStatement } from '@yoman/use-cases/statements/write'
import { read, transact } from '@yoman/use-cases/transact'
import type { DemoClinic } from './clinic.ts'
import { demoContext } from './fields.ts'

const shown = 14

/** Statements of the last month that is over, as they left at its end: some reached their readers, some wait for the desk. None follow by themselves: the owner turns that on. */
export async function sendStatements(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const { clinicId } = clinic
  const first = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().with({ day: 1 })
  const sent = (day: PlainDate): PlainDate => (day.dayOfWeek === 6 ? day.add({ days: 1 }) : day) // not on a Sabbath
  const morning = (day: PlainDate): Instant => day.toZonedDateTime({ timeZone: 'Asia/Jerusalem', plainTime: '09:00' }).toInstant()
  const day = sent(isAfter(morning(sent(first)), now) ? first.subtract({ months: 1 }) : first)
  const [month, at] = [day.with({ day: 1 }).subtract({ months: 1 }), morning(day)]
  const owner = demoContext(services, clinic, ['owner'], now)
  await changeStatementSetting(owner, { readers: 'owing', day: 1, version: 0 })
  const readers = await read({ ...services, clinicId }, (db) => findReaders(db, { today: day, month, readers: 'owing' }))
  for (const readerId of readers.slice(0, shown)) await writeStatement(systemContext(services, clinicId, at), readerId, month, composeStatementMessage)
  await changeStatementSetting(owner, { readers: 'nobody', day: 1, version: 1 })
  await transact({ ...services, clinicId }, async (tx) => {
    await sql`delete from outbox o using event e where o.clinic_id = ${clinicId}::uuid and e.clinic_id = o.clinic_id and e.id = o.event_id and e.details->>'kind' = 'statement'`.execute(tx)
    await tx.updateTable('message').set({ state: 'sent', attempt: 1, first_tried_at: at, sent_at: at, settled_at: at }).where('clinic_id', '=', clinicId).where('kind', '=', 'statement').execute()
  })
}
