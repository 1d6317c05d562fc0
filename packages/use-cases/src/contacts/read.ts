import { type ContactFilter, type ContactListRow, earlierOf, type EarlierRow, listContacts } from '@yoman/db/contacts/queries'
import type { Db } from '@yoman/db/database'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { allowIn } from '@yoman/domain/access'
import { isCorrectable } from '@yoman/domain/contacts/contact'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { namesView } from '../patients/view.ts'
import { read } from '../transact.ts'

export const contactWordsPlace = (rowId: string): Place => ({ table: 'contact', column: 'words_sealed', rowId })

export interface ContactQuery {
  branchId: string
  cursor?: string | undefined
  limit?: number | undefined
}

/** One page of the branch's log, newest first. */
export async function pageOfContacts(ctx: Context, { cursor, limit = 50, ...filter }: ContactQuery) {
  allowIn(ctx.actor, 'contact.read', filter.branchId)
  const after = cursor === undefined ? undefined : (decodeCursor(cursor, [instantKey, uuidKey]) as [string, string]) // as many as forms
  const items = await read(ctx, (db) => loadContacts(db, ctx, { ...filter, after, limit: limit + 1 }))
  const last = items.slice(0, limit).at(-1)
  return { items: items.slice(0, limit), next: items.length > limit && last ? encodeCursor([last.writtenAt, last.id]) : null }
}

/** Contacts with what they said before, inside a transaction that somebody else opened. The caller has asked for `contact.read`. */
export async function loadContacts(db: Db, ctx: Context, filter: ContactFilter): Promise<ContactView[]> {
  const [sealer, rows] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), listContacts(db, filter)])
  const earlier = await earlierOf(db, rows)
  return rows.map((row) => contactView(ctx, sealer, row, earlier))
}

export async function loadContact(db: Db, ctx: Context, id: string): Promise<ContactView> {
  const [found] = await loadContacts(db, ctx, { id, limit: 1 })
  if (!found) throw new NotFound('contact')
  return found
}

export type ContactView = ReturnType<typeof contactView>

/** A contact as the asking person may see it. */
export const contactView = (ctx: Context, sealer: Sealer, row: ContactListRow, earlier: readonly EarlierRow[]) => ({
  id: row.id,
  branchId: row.branch_id,
  patient: row.patient_id === null ? null : { id: row.patient_id, ...namesView({ given_name: row.given_name ?? '', family_name: row.family_name ?? '', given_name_latin: row.given_name_latin ?? '', family_name_latin: row.family_name_latin ?? '' }) },
  callerName: row.caller_name,
  callerPhone: row.caller_phone,
  way: row.way,
  words: sealer.open(contactWordsPlace(row.id), row.words_sealed),
  promise: row.task_id && row.task_due_at && row.task_status ? { taskId: row.task_id, words: row.task_words ?? '', dueAt: row.task_due_at.toString(), status: row.task_status } : null,
  writtenBy: { staffId: row.written_by, name: row.written_by_name },
  writtenAt: row.written_at.toString(),
  earlier: earlier.filter((one) => one.contact_id === row.id).map((one) => ({ words: sealer.open(contactWordsPlace(row.id), one.words_sealed), way: one.way, replacedAt: one.replaced_at.toString() })),
  mayCorrect: isCorrectable({ writtenBy: row.written_by, writtenAt: row.written_at }, ctx.actor.staffId, ctx.now, row.time_zone),
  version: row.version,
})
