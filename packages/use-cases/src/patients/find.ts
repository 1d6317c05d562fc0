import type { Db } from '@yoman/db/database'
import { relationsAmong } from '@yoman/db/families/queries'
import { findPatient } from '@yoman/db/patients/queries'
import { listPatients, searchPatients, type SummaryRow } from '@yoman/db/patients/summaries'
import { allow } from '@yoman/domain/access'
import type { Identifier } from '@yoman/domain/patients/details'
import { seenFromTheOtherSide } from '@yoman/domain/patients/relations'
import { nameFits, searchTerms } from '@yoman/domain/patients/search-terms'
import { tellingNow } from '@yoman/domain/patients/telling'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, textKey, uuidKey } from '../cursor.ts'
import { read } from '../transact.ts'
import { identifierPlace } from './sealed.ts'
import { namesView, summaryView } from './view.ts'

const mostFound = 10

/** The search box: up to ten patients, best first; who fits both a name and digits before who fits one; none for a text that asks nothing. */
export async function findPatients(ctx: Context, text: string) {
  allow(ctx.actor, 'patient.find')
  const { name, digits, nationalId, birthDates } = searchTerms(text)
  if (name === '' && digits === '' && !nationalId && birthDates.length === 0) return []
  const identifierIndex = nationalId === null ? null : ctx.vault.blindIndex(ctx.clinicId, 'national_id', nationalId)
  const limit = mostFound
  return read(ctx, async (db) => {
    const sealer = await ctx.vault.sealerOf(db, ctx.clinicId)
    const withDigits = name && (digits || birthDates.length > 0) ? await searchPatients(db, { name: '', digits, birthDates, identifierIndex, limit: 50, now: ctx.now }) : []
    const both = withDigits.filter((row) => nameFits(namesView(row), name)).slice(0, limit)
    const rows = both.length > 0 ? both : await searchPatients(db, { name, digits, birthDates, identifierIndex, limit, now: ctx.now })
    const hear = await mayHear(ctx, db, digits, rows)
    return rows.map((row) => ({ ...summaryView(ctx, sealer, row), mayHear: hear(row.id) }))
  })
}

const digitsOfWholeNumber = 9

/** Whoever calls from a family's phone: which of the others the one may be told of, and what. */
async function mayHear(ctx: Context, db: Db, digits: string, rows: readonly SummaryRow[]) {
  const relations = digits.length < digitsOfWholeNumber ? [] : await relationsAmong(db, rows.map(({ id }) => id))
  const today = dateIn('Asia/Jerusalem', ctx.now)
  return (id: string) =>
    relations.flatMap((relation) => {
      const about = rows.find((row) => row.id === relation.patient_id)
      if (relation.other_id !== id || !about) return []
      const kind = relation.reversed ? seenFromTheOtherSide(relation.kind) : relation.kind
      const { told } = tellingNow({ kind, told: relation.told, on: relation.told_on, birthDate: about.birth_date }, today)
      return [{ patient: { id: about.id, ...namesView(about) }, told }]
    })
}

/** One page of all patients by family name. */
export async function pageOfPatients(ctx: Context, query: { cursor?: string; limit?: number; active?: boolean; incomplete?: boolean }) {
  allow(ctx.actor, 'patient.read')
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? null : (decodeCursor(query.cursor, [textKey, textKey, uuidKey]) as [string, string, string]) // as many as forms
  return read(ctx, async (db) => {
    const sealer = await ctx.vault.sealerOf(db, ctx.clinicId)
    const rows = await listPatients(db, { after, active: query.active ?? null, incomplete: query.incomplete ?? false, limit: limit + 1, now: ctx.now })
    const items = rows.slice(0, limit).map((row) => summaryView(ctx, sealer, row))
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([last.familyName, last.givenName, last.id]) : null }
  })
}

/** The whole identifier. The caller records the reading. Throws NotFound also where the patient has none. */
export async function readIdentifier(ctx: Context, id: string): Promise<Identifier> {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [sealer, row] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), findPatient(db, id)])
    if (!row?.identifier_kind || !row.identifier_sealed) throw new NotFound('identifier')
    return { kind: row.identifier_kind, country: row.identifier_country, value: sealer.open(identifierPlace(id), row.identifier_sealed) }
  })
}
