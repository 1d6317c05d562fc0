import { type ConversationRow, languageOf, lockConversation, saveConversation, saveRead } from '@yoman/db/conversations/queries'
import type { Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import type { ConversationStatus } from '@yoman/domain/conversations/conversation'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadConversation } from './read.ts'

/** What came in has been seen; seeing it twice is fine. */
export function markRead(ctx: Context, id: string) {
  allow(ctx.actor, 'message.read')
  return transact(ctx, async (tx) => {
    const row = await locked(tx, id)
    if (row.unread > 0) {
      await saveRead(tx, id)
      await recordEvents(tx, ctx, [{ name: 'conversation.read', subject: { type: 'conversation', id }, patientId: row.patient_id, details: {} }])
    }
    return loadConversation(tx, id)
  })
}

export interface ConversationChange {
  version: number
  status?: ConversationStatus
  /** Whether I see to it; a colleague's is taken over. */
  mine?: boolean
  /** Whose number it is. */
  patientId?: string
}

/** Throws `stale_version`, and `reference_unknown` for a patient who is not there. */
export function changeConversation(ctx: Context, id: string, { version, status, mine, patientId }: ConversationChange) {
  allow(ctx.actor, 'message.send')
  return transact(ctx, async (tx) => {
    const row = await locked(tx, id)
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    if (patientId !== undefined && !(await languageOf(tx, patientId))) throw new Refusal('reference_unknown')
    const taken = mine === undefined ? {} : mine ? { taken_by: ctx.actor.staffId, taken_at: ctx.actor.staffId === null ? null : ctx.now } : nobody
    const changes = { ...taken, ...(status === undefined ? {} : { status, ...(status === 'closed' ? { unread: 0, ...nobody } : {}) }), ...(patientId === undefined ? {} : { patient_id: patientId }) }
    if (Object.keys(changes).length > 0) {
      await saveConversation(tx, row, changes)
      await recordEvents(tx, ctx, [{ name: 'conversation.changed', subject: { type: 'conversation', id }, patientId: patientId ?? row.patient_id, details: { ...(status === undefined ? {} : { status }), ...(mine === undefined ? {} : { taken: mine }), ...(patientId === undefined ? {} : { patient: patientId }) } }])
    }
    return loadConversation(tx, id)
  })
}

const nobody = { taken_by: null, taken_at: null }

async function locked(tx: Tx, id: string): Promise<ConversationRow> {
  const row = await lockConversation(tx, id)
  if (!row) throw new NotFound('conversation')
  return row
}
