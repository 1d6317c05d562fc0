import type { Db } from '@yoman/db/database'
import { momentOf } from '@yoman/db/fields/asked'
import { type FieldRow, listFields, type SubjectRow, type ValueRow, valuesOf } from '@yoman/db/fields/queries'
import { askedNow } from '@yoman/domain/fields/asked'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { fieldOf } from './view.ts'

const zone = 'Asia/Jerusalem'

type Hanging = Pick<SubjectRow, 'subject' | 'id'>

/** The fields of a patient, visit or note that the asking person should have answered now. Not a value is opened for it. */
export async function askedOf(ctx: Context, db: Db, of: Hanging): Promise<string[]> {
  const [fields, rows] = await Promise.all([listFields(db, of.subject), valuesOf(db, of.id)])
  return askedAmong(ctx, db, of, fields, rows)
}

/** The same where fields and values are at hand. */
export async function askedAmong(ctx: Context, db: Db, of: Hanging, fields: readonly FieldRow[], rows: readonly ValueRow[]): Promise<string[]> {
  if (fields.every(({ asked }) => asked === 'never')) return []
  const moment = await momentOf(db, of, dateIn(zone, ctx.now), zone)
  const answers = rows.filter(({ value, value_sealed }) => value !== null || value_sealed !== null).map(({ field_id, recorded_at }) => ({ fieldId: field_id, day: dateIn(zone, recorded_at) }))
  return askedNow(ctx.actor, fields.map(fieldOf), answers, moment)
}
