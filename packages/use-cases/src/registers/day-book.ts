import { admissionsOf, moneyOf, requestsOf } from '@yoman/db/registers/day-book'
import { allow } from '@yoman/domain/access'
import { type DayBook, dayBook } from '@yoman/domain/registers/day-book'
import type { PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { readByValues } from '../transact.ts'
import { registerGround, type RegisterGround } from './whose.ts'

export interface WholeDayBook extends DayBook, RegisterGround {
  day: PlainDate
}

/** The day-book of a branch, or of all branches that the person works in; the day is each branch's own. Throws `NotFound`, `Forbidden`. */
export function readDayBook(ctx: Context, { day, branchId }: { day: PlainDate; branchId?: string }): Promise<WholeDayBook> {
  allow(ctx.actor, 'cash.read')
  return readByValues(ctx, async (db) => {
    const ground = await registerGround(db, ctx.actor, branchId)
    const of = <T>(load: (one: { branchId: string; day: PlainDate }) => Promise<T[]>): Promise<T[]> => Promise.all(ground.branches.map(({ id }) => load({ branchId: id, day }))).then((lists) => lists.flat())
    const [admissions, money, requests] = [await of((one) => admissionsOf(db, one)), await of((one) => moneyOf(db, one)), await of((one) => requestsOf(db, one))]
    return { day, ...ground, ...dayBook(admissions, money, requests) }
  })
}
