import { v7 as uuid } from 'uuid'
import { lockConversationOf, saveConversation } from '@yoman/db/conversations/queries'
import type { Tx } from '@yoman/db/database'
import { heard } from '@yoman/domain/conversations/conversation'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

export interface Heard {
  number: string
  patientId: string | null
  /** Understood and done without anybody of the staff. */
  handled: boolean
}

/** Puts what came in into its number's conversation, inside the transaction that keeps the message. */
export async function hear(tx: Tx, ctx: Context, { number, patientId, handled }: Heard): Promise<void> {
  const { row, isNew } = await lockConversationOf(tx, { clinicId: ctx.clinicId, id: uuid(), number, patientId, at: ctx.now })
  const standing = heard(isNew ? null : row, handled)
  await saveConversation(tx, row, { ...standing, last_at: ctx.now, patient_id: row.patient_id ?? patientId })
  await recordEvents(tx, ctx, [{ name: 'conversation.heard', subject: { type: 'conversation', id: row.id }, patientId: row.patient_id ?? patientId, details: { ...standing, handled } }])
}
