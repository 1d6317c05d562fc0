import type { Db } from '@yoman/db/database'
import { listFields } from '@yoman/db/fields/queries'
import { fitting } from '@yoman/db/patients/filter'
import { countPatients, listPatients } from '@yoman/db/patients/summaries'
import { allow } from '@yoman/domain/access'
import type { Field } from '@yoman/domain/fields/field'
import { checkFilter, type Condition } from '@yoman/domain/patients/filter'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, textKey, uuidKey } from '../cursor.ts'
import { fieldOf } from '../fields/view.ts'
import { summaryView } from '../patients/view.ts'
import { readByValues } from '../transact.ts'

export interface ListQuery {
  conditions: readonly Condition[]
  cursor?: string | undefined
  limit?: number | undefined
}

/** One page of the patients in use of whom all conditions hold, by family name. Throws what `checkFilter` throws, `cursor_invalid`. */
export async function listByConditions(ctx: Context, { conditions, cursor, limit = 50 }: ListQuery) {
  allow(ctx.actor, 'patient.read')
  const after = cursor === undefined ? null : (decodeCursor(cursor, [textKey, textKey, uuidKey]) as [string, string, string]) // as many as forms
  return readByValues(ctx, async (db) => {
    const [only, sealer] = [await checked(db, ctx, conditions), await ctx.vault.sealerOf(db, ctx.clinicId)]
    const rows = await listPatients(db, { after, active: true, incomplete: false, fitting: only, limit: limit + 1, now: ctx.now })
    const items = rows.slice(0, limit).map((row) => summaryView(ctx, sealer, row))
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([last.familyName, last.givenName, last.id]) : null }
  })
}

/** How many there are; apart from the pages, which need not look at everybody. Throws what `checkFilter` throws. */
export async function countByConditions(ctx: Context, conditions: readonly Condition[]): Promise<number> {
  allow(ctx.actor, 'patient.read')
  return readByValues(ctx, async (db) => countPatients(db, await checked(db, ctx, conditions)))
}

async function checked(db: Db, ctx: Context, conditions: readonly Condition[]) {
  checkFilter(ctx.actor, conditions, await patientFields(db))
  return fitting(conditions, { now: ctx.now, zone: 'Asia/Jerusalem' })
}

export const patientFields = async (db: Db): Promise<Field[]> => (await listFields(db, 'patient')).map(fieldOf)
