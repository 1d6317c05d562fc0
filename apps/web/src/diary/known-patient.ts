import type { PatientSummary } from '@yoman/contract/patient-parts'
import { call } from '../api.ts'

/** Somebody who is known by id alone, as a search shows them. Throws `ApiProblem`. */
export async function knownPatient(id: string): Promise<PatientSummary> {
  const { patient: known } = await call('GET /patients/:id', { params: { id } })
  return { ...known, phones: known.phones.map(({ number }) => number), identifierMasked: known.identifier?.masked ?? null, lastVisit: null, nextVisit: null }
}
