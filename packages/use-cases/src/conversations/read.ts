import { countUnread, type ListedConversation, listConversations, visitsOfNumber, wordsWith } from '@yoman/db/conversations/queries'
import type { Db } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import type { ConversationStatus } from '@yoman/domain/conversations/conversation'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, type KeyForm, uuidKey } from '../cursor.ts'
import { namesView } from '../patients/view.ts'
import { read } from '../transact.ts'

interface Asked {
  cursor?: string
  limit?: number
  status?: ConversationStatus
  patientId?: string
}

const usualLimit = 50
const newestWords = 100
const flag: KeyForm = (key) => key === 'true' || key === 'false'

/** One page, unread ones first, and how many are unread in all. */
export async function pageOfConversations(ctx: Context, { cursor, limit = usualLimit, ...filter }: Asked) {
  allow(ctx.actor, 'message.read')
  const [unread, at, id] = cursor === undefined ? [] : decodeCursor(cursor, [flag, instantKey, uuidKey])
  const before = at === undefined || id === undefined ? {} : { before: { unread: unread === 'true', at, id } }
  const [rows, waiting] = await read(ctx, (db) => Promise.all([listConversations(db, { ...filter, ...before }, limit + 1), countUnread(db)]))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(conversationView), next: rows.length > limit && last ? encodeCursor([String(last.unread > 0), last.last_at.toString(), last.id]) : null, unread: waiting }
}

/** One with its newest words. Throws `NotFound`. */
export function openConversation(ctx: Context, id: string) {
  allow(ctx.actor, 'message.read')
  return read(ctx, (db) => loadOpen(db, ctx, id))
}

/** The same inside a transaction that somebody else opened. */
export async function loadOpen(db: Db, ctx: Context, id: string) {
  const conversation = await loadConversation(db, id)
  const { number, patient } = conversation
  const [words, visits] = await Promise.all([wordsWith(db, number, newestWords), visitsOfNumber(db, number, patient?.id ?? null, ctx.now)])
  return {
    conversation,
    words: words.map(({ at, leavesAt, ...word }) => ({ ...word, at: at.toString(), leavesAt: leavesAt?.toString() ?? null })),
    visits: visits.map(({ startsAt, patientId, givenName, familyName, givenNameLatin, familyNameLatin, ...visit }) => ({ ...visit, startsAt: startsAt.toString(), patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin } })),
  }
}

/** One, inside a transaction that somebody else opened. Throws `NotFound`. */
export async function loadConversation(db: Db, id: string) {
  const [row] = await listConversations(db, { id }, 1)
  if (!row) throw new NotFound('conversation')
  return conversationView(row)
}

const conversationView = (row: ListedConversation) => ({
  id: row.id,
  number: row.number,
  patient: row.patient_id === null ? null : { id: row.patient_id, ...namesView({ given_name: row.given_name ?? '', family_name: row.family_name ?? '', given_name_latin: row.given_name_latin ?? '', family_name_latin: row.family_name_latin ?? '' }) },
  status: row.status,
  unread: row.unread,
  takenBy: row.taken_by === null ? null : { staffId: row.taken_by, name: row.taken_by_name ?? '' },
  lastAt: row.last_at.toString(),
  lastWords: row.last_words ?? '',
  refused: row.refused,
  version: row.version,
})
