import type { SummaryRow } from '@yoman/db/patients/summaries'
import { likelyPatients } from '@yoman/db/patients/summaries'
import { allow } from '@yoman/domain/access'
import { likeness } from '@yoman/domain/patients/duplicates'
import { fullNameSounds } from '@yoman/domain/people/name-sound'
import { readIsraeliId } from '@yoman/domain/people/national-id'
import { readPhone } from '@yoman/domain/people/phone'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { namesView, summaryView } from './view.ts'

export interface TypedSoFar {
  givenName: string
  familyName: string
  phone?: string
  identifier?: string
  birthDate?: string | null
  /** A record that is not to be told of itself. */
  except?: string
}

const mostShown = 5

/** Who on record may be the one that is being typed, likeliest first, with the reasons. What is not yet a whole number counts for nothing. */
export async function likelyDuplicates(ctx: Context, typed: TypedSoFar) {
  allow(ctx.actor, 'patient.write')
  const number = readPhone(typed.phone ?? '')
  const nationalId = readIsraeliId(typed.identifier ?? '')
  const phones = number ? [number] : []
  const sounds = fullNameSounds(typed.givenName, typed.familyName)
  if (phones.length === 0 && nationalId === null && sounds.length === 0) return []
  const identifierIndex = nationalId === null ? null : ctx.vault.blindIndex(ctx.clinicId, 'national_id', nationalId)
  return read(ctx, async (db) => {
    const [sealer, owner, found] = await Promise.all([
      ctx.vault.sealerOf(db, ctx.clinicId),
      identifierIndex ? likelyPatients(db, { identifierIndex, numbers: [], sounds: [], now: ctx.now }) : [],
      likelyPatients(db, { identifierIndex, numbers: phones, sounds, now: ctx.now }),
    ])
    const owners = owner.map(({ id }) => id)
    const known = (row: SummaryRow) => ({ ...namesView(row), phones: row.phones, birthDate: row.birth_date?.toString() ?? null, ownsIdentifier: owners.includes(row.id) })
    const ranked = found
      .filter((row) => row.id !== typed.except)
      .map((row) => ({ row, ...likeness({ ...typed, phones, birthDate: typed.birthDate ?? null }, known(row)) }))
      .filter(({ reasons }) => reasons.length > 0)
      .sort((a, b) => b.weight - a.weight || Number(b.row.active) - Number(a.row.active) || (a.row.id < b.row.id ? -1 : 1))
    return ranked.slice(0, mostShown).map(({ row, reasons }) => ({ ...summaryView(ctx, sealer, row), reasons }))
  })
}
