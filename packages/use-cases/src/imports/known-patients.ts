import type { Db } from '@yoman/db/database'
import { patientsByIdentifiers, patientsByPhones } from '@yoman/db/patients/bulk'
import { personKeys } from '@yoman/domain/imports/known'
import type { PatientDetails } from '@yoman/domain/patients/details'
import type { Context } from '../context.ts'
import { identifierIndex } from '../patients/sealed.ts'

export type Person = Pick<PatientDetails, 'identifier' | 'phones' | 'givenName' | 'familyName'>

/** Who of these people is in the record: patients' ids by `personKeys`. Two of one name and phone are nobody: it cannot be told which. */
export async function knownPatients(ctx: Context, db: Db, people: readonly Person[]): Promise<Map<string, string | null>> {
  const indexed = people.flatMap(({ identifier }) => (identifier ? [{ identifier, index: identifierIndex(ctx.vault, ctx.clinicId, identifier) }] : []))
  const [byId, byPhone] = await Promise.all([
    patientsByIdentifiers(db, indexed.map(({ index }) => index)),
    patientsByPhones(db, people.flatMap(({ phones }) => phones.map(({ number }) => number))),
  ])
  const owners = new Map(byId.map((row) => [row.identifier_index?.toString('hex'), row.id]))
  const known = new Map<string, string | null>()
  for (const { identifier, index } of indexed) {
    const owner = owners.get(index.toString('hex'))
    if (!owner) continue
    for (const key of personKeys({ identifier, phones: [], givenName: '', familyName: '' })) known.set(key, owner)
  }
  for (const row of byPhone) {
    const phone = { number: row.number, typed: '', label: 'mobile' as const }
    for (const key of personKeys({ identifier: null, phones: [phone], givenName: row.given_name, familyName: row.family_name })) {
      known.set(key, known.has(key) && known.get(key) !== row.id ? null : row.id)
    }
  }
  return known
}
