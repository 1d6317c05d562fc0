import { loadBookGround } from '@yoman/db/books/queries'
import type { BookBusiness } from '@yoman/db/books/table'
import type { Db } from '@yoman/db/database'
import { type CostRow, findCosts, findPieces, findShareRules, type PieceRow } from '@yoman/db/shares/queries'
import { daysOfMonth } from '@yoman/domain/months/close'
import { NotFound } from '@yoman/domain/refusal'
import type { DayRange } from '@yoman/domain/reports/period'
import { bornOf, ruleFor, shareOf, type ShareRule, type ShareSums, shareSums } from '@yoman/domain/shares/share'
import type { PlainDate } from '@yoman/domain/time'
import { allowWhole } from '../acting.ts'
import type { Context } from '../context.ts'
import { readStill } from '../transact.ts'

export interface PractitionerMonth {
  practitionerId: string
  sums: ShareSums
}

/** A month of every practitioner who did something in it, or for whom a laboratory's bill came. `month` is its first day. */
export function sharesOfMonth(ctx: Context, month: PlainDate): Promise<PractitionerMonth[]> {
  allowWhole(ctx, 'share.read')
  return readStill(ctx, async (db) => {
    const { rules, pieces, costs } = await everythingOf(db, daysOfMonth(month), null)
    const ids = new Set([...pieces.map((piece) => piece.practitionerId), ...costs.map(({ of }) => of.practitionerId)])
    return [...ids].sort().map((practitionerId) => ({
      practitionerId, sums: shareSums(rules, pieces.filter((piece) => piece.practitionerId === practitionerId), costs.filter(({ of }) => of.practitionerId === practitionerId)),
    }))
  })
}

export interface PaidPiece extends PieceRow {
  net: number
  share: number
  rule: ShareRule | null
}

export interface BornCost extends CostRow {
  born: number
}

export interface Statement {
  sums: ShareSums
  practitioner: { id: string; name: string; nameEn: string }
  range: DayRange
  pieces: PaidPiece[]
  costs: BornCost[]
  business: BookBusiness
  zone: string
}

/** One practitioner's month, piece by piece. Throws `NotFound`. */
export function statementOf(ctx: Context, month: PlainDate, practitionerId: string): Promise<Statement> {
  allowWhole(ctx, 'share.read')
  return readStill(ctx, async (db) => {
    const range = daysOfMonth(month)
    const [{ business, zone }, practitioner] = [await loadBookGround(db), await practitionerOf(db, practitionerId)]
    const { rules, pieces, costs } = await everythingOf(db, range, practitionerId)
    return {
      practitioner, range, business, zone, sums: shareSums(rules, pieces, costs),
      pieces: pieces.map((piece) => ({ ...piece, ...shareOf(piece, ruleFor(rules, piece)), rule: ruleFor(rules, piece) })),
      costs: costs.map((cost) => ({ ...cost, born: bornOf(cost, ruleFor(rules, cost.of)) })),
    }
  })
}

async function everythingOf(db: Db, range: DayRange, practitionerId: string | null) {
  return { rules: await findShareRules(db), pieces: await findPieces(db, range, practitionerId), costs: await findCosts(db, range, practitionerId) }
}

async function practitionerOf(db: Db, id: string): Promise<Statement['practitioner']> {
  const row = await db.selectFrom('resource').select(['id', 'name', 'name_en as nameEn']).where('id', '=', id).where('kind', '=', 'practitioner').executeTakeFirst()
  if (!row) throw new NotFound('practitioner')
  return row
}
