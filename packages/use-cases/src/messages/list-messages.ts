import { type Before, type ListedInbound, type ListedMessage, listInbound, listMessages } from '@yoman/db/messages/lists'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { type Instant, instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { read } from '../transact.ts'

export interface Page<T> {
  items: T[]
  next: string | null
}

interface Asked {
  cursor?: string
  limit?: number
  from?: string
  to?: string
}

const usualLimit = 50

/** The clinic's messages, newest first. `states` are words with commas between them. */
export function pageOfMessages(ctx: Context, query: Asked & { patientId?: string; branchId?: string; states?: string }): Promise<Page<ListedMessage>> {
  allow(ctx.actor, 'message.read')
  const { patientId, branchId } = query
  const states = query.states?.split(',') as ListedMessage['state'][] | undefined // the contract's pattern knows no other words
  const filter = { ...spanOf(query), ...(patientId ? { patientId } : {}), ...(branchId ? { branchId } : {}), ...(states ? { states } : {}) }
  return page(query, (row: ListedMessage) => row.created_at, (before, limit) => read(ctx, (db) => listMessages(db, { ...filter, ...before }, limit)))
}

/** What patients answered, newest first. */
export function pageOfInbound(ctx: Context, query: Asked): Promise<Page<ListedInbound>> {
  allow(ctx.actor, 'message.read')
  const filter = spanOf(query)
  return page(query, (row: ListedInbound) => row.received_at, (before, limit) => read(ctx, (db) => listInbound(db, { ...filter, ...before }, limit)))
}

export async function oneMessage(ctx: Context, id: string): Promise<ListedMessage> {
  allow(ctx.actor, 'message.read')
  const [row] = await read(ctx, (db) => listMessages(db, { id }, 1))
  if (!row) throw new NotFound('message')
  return row
}

const spanOf = ({ from, to }: Asked): { from?: Instant; to?: Instant } => ({ ...(from ? { from: instant(from) } : {}), ...(to ? { to: instant(to) } : {}) })

async function page<T extends { id: string }>(query: Asked, at: (row: T) => Instant, load: (before: { before?: Before }, limit: number) => Promise<T[]>): Promise<Page<T>> {
  const limit = query.limit ?? usualLimit
  const [time, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, [instantKey, uuidKey])
  const rows = await load(time !== undefined && id !== undefined ? { before: { at: time, id } } : {}, limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([at(last).toString(), last.id]) : null }
}
