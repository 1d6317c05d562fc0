import type { PlainDate } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { Rows } from './insert.ts'
import type { DemoPatient } from './patients.ts'
import { makeRandom } from './random.ts'

const mostFamilies = 150

/** Children and those who have just grown up get a parent of their family name, who may be told all: families to call, and people who come of age. */
export function makeFamilies(rows: Rows, { clinicId: clinic_id }: DemoClinic, patients: readonly DemoPatient[], today: PlainDate): void {
  const random = makeRandom(18) // its own, so that the rest of the demo stays as it is
  const young = patients.filter(({ birthDate }) => birthDate.until(today, { largestUnit: 'years' }).years <= 18).slice(0, mostFamilies)
  for (const child of young) {
    const parent = patients.find((one) => one.familyName === child.familyName && one.givenName !== child.givenName && isBetween(one.birthDate.until(child.birthDate, { largestUnit: 'years' }).years, 22, 42))
    if (parent) rows.add('patient_relation', { clinic_id, id: random.id(), patient_id: child.id, related_id: parent.id, kind: 'parent', told: ['appointments', 'clinical', 'money'], tells: [] })
  }
}

const isBetween = (years: number, least: number, most: number): boolean => years >= least && years <= most
