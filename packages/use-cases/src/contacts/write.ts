import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { correctContact, findContact, insertContact, lockContact } from '@yoman/db/contacts/queries'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { callerOf, checkCorrectable, type ContactWay, wordsOf } from '@yoman/domain/contacts/contact'
import type { EventName } from '@yoman/domain/events'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Assignee } from '@yoman/domain/tasks/task'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { writeTask } from '../tasks/write.ts'
import { transact } from '../transact.ts'
import { type ContactView, contactWordsPlace, loadContact } from './read.ts'

export interface NewContact {
  id: string
  branchId: string
  patientId?: string | null
  callerName?: string
  /** As it was typed. */
  callerPhone?: string
  way: ContactWay
  words: string
  promise?: { id: string; words: string; dueAt: string; assignee: Assignee } | null
}

/**
 * Writes down a call or conversation; what was promised becomes a task in the same transaction. A repeated request finds its own.
 * Throws `contact_with_nobody`, `contact_without_words`, `phone_invalid`, `id_taken`, `reference_unknown`.
 */
export async function logContact(ctx: Context, { id, branchId, patientId = null, callerName = '', callerPhone = '', way, words, promise = null }: NewContact): Promise<ContactView> {
  allowIn(ctx.actor, 'contact.write', branchId)
  if (promise) allowIn(ctx.actor, 'task.write', branchId)
  const writtenBy = ctx.actor.staffId
  if (!writtenBy) throw new Error('a conversation has a person behind it')
  const caller = callerOf({ name: callerName, phone: callerPhone }, patientId)
  const said = wordsOf(words)
  return transact(ctx, async (tx) => {
    const mine = await findContact(tx, id)
    if (mine && (mine.written_by !== writtenBy || mine.branch_id !== branchId || mine.patient_id !== patientId)) throw new Refusal('id_taken')
    if (mine) return loadContact(tx, ctx, id)
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    if (promise) await writeTask(tx, ctx, { ...promise, branchId, patientId, createdBy: writtenBy })
    const row = { clinic_id: ctx.clinicId, id, branch_id: branchId, patient_id: patientId, caller_name: caller.name, caller_phone: caller.phone, way, task_id: promise?.id ?? null, written_by: writtenBy, written_at: ctx.now }
    await insertContact(tx, { ...row, words_sealed: sealer.seal(contactWordsPlace(id), said) })
    await record(tx, ctx, 'contact.logged', row, { way, taskId: row.task_id })
    return loadContact(tx, ctx, id)
  })
}

/** Throws `stale_version`, `not_the_author`, `contact_settled`, `contact_without_words`. What it said before is kept. */
export async function correctWords(ctx: Context, id: string, { version, words, way }: { version: number; words?: string; way?: ContactWay }): Promise<ContactView> {
  allow(ctx.actor, 'contact.write')
  return transact(ctx, async (tx) => {
    const row = await lockContact(tx, id)
    if (!row) throw new NotFound('contact')
    allowIn(ctx.actor, 'contact.write', row.branch_id)
    const zone = await zoneOfBranch(tx, ctx.clinicId, row.branch_id)
    if (!zone) throw new NotFound('branch')
    checkCorrectable({ writtenBy: row.written_by, writtenAt: row.written_at }, ctx.actor.staffId, ctx.now, zone)
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const said = words === undefined ? undefined : wordsOf(words)
    const changed = [...(said !== undefined && said !== sealer.open(contactWordsPlace(id), row.words_sealed) ? ['words'] : []), ...(way !== undefined && way !== row.way ? ['way'] : [])]
    if (changed.length === 0) return loadContact(tx, ctx, id)
    await correctContact(tx, row, { words_sealed: said === undefined ? row.words_sealed : sealer.seal(contactWordsPlace(id), said), way: way ?? row.way }, ctx.now)
    await record(tx, ctx, 'contact.corrected', row, { fields: changed })
    return loadContact(tx, ctx, id)
  })
}

const record = (tx: Tx, ctx: Context, name: EventName, row: { id: string; patient_id: string | null; branch_id: string }, details: Record<string, unknown>): Promise<void> =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'contact', id: row.id }, patientId: row.patient_id, branchId: row.branch_id, details }])
