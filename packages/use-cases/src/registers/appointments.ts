import { registeredAfter, type RegisterPosition } from '@yoman/db/registers/appointments'
import { Refusal } from '@yoman/domain/refusal'
import type { RegisteredVisit } from '@yoman/domain/registers/appointments'
import { instant, type PlainDate } from '@yoman/domain/time'
import { allowWhole } from '../acting.ts'
import { Temporal } from 'temporal-polyfill'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'
import { registerGround, type RegisterGround } from './whose.ts'

export interface RegisterRequest {
  from: PlainDate
  to: PlainDate
  branchId?: string
}

const usualLimit = 50
const atOnce = 500

/** The business and the branches of a register. Throws `Forbidden`, `NotFound`; refuses `book_period_invalid`: it ends before it begins. */
export async function appointmentGround(ctx: Context, { from, to, branchId }: RegisterRequest): Promise<RegisterGround> {
  allowWhole(ctx, 'books.export')
  if (Temporal.PlainDate.compare(from, to) > 0) throw new Refusal('book_period_invalid')
  return readByValues(ctx, (db) => registerGround(db, ctx.actor, branchId))
}

/** Lines of the register by their hour, page by page. */
export async function pageOfAppointments(ctx: Context, { cursor, limit = usualLimit, ...request }: RegisterRequest & { cursor?: string; limit?: number }): Promise<{ items: RegisteredVisit[]; next: string | null }> {
  const { branches } = await appointmentGround(ctx, request)
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const after = at !== undefined && id !== undefined ? { at: instant(at), id } : null
  const rows = await readByValues(ctx, (db) => registeredAfter(db, { ...request, branchIds: branches.map((branch) => branch.id) }, after, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.startsAt.toString(), last.id]) : null }
}

/** All lines, in pages that are each read in a transaction of their own, so that a year keeps nobody waiting. */
export async function* allAppointments(ctx: Context, request: RegisterRequest): AsyncGenerator<RegisteredVisit[]> {
  const { branches } = await appointmentGround(ctx, request)
  for (let after: RegisterPosition | null = null; ; ) {
    const rows: RegisteredVisit[] = await readByValues(ctx, (db) => registeredAfter(db, { ...request, branchIds: branches.map((branch) => branch.id) }, after, atOnce))
    yield rows
    const last = rows.at(-1)
    if (rows.length < atOnce || !last) return
    after = { at: last.startsAt, id: last.id }
  }
}
