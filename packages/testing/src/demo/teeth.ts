import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import { makeRandom } from './random.ts'

const teeth = ['16', '15', '14', '11', '24', '26', '36', '37', '45', '46'] as const
const kinds: readonly [readonly [string, string, string], ...(readonly [string, string, string])[]] = [['filling', 'existing', 'OD'], ['filling', 'existing', 'MO'], ['crown', 'existing', ''], ['root_canal', 'existing', ''], ['caries', 'existing', 'O'], ['filling', 'planned', 'MOD'], ['crown', 'planned', ''], ['sealant', 'existing', 'O']]

/** What doctors noted of the teeth of those who were here: old work, what is wrong, what is planned; wisdom teeth that are gone. */
export function makeTeeth(rows: Rows, { clinicId: clinic_id }: DemoClinic, visits: readonly DemoVisit[]): void {
  const random = makeRandom(36) // its own, so that the rest of the demo stays as it is
  const seen = new Map(visits.filter(({ status, practitioner }) => status === 'completed' && practitioner.profession === 'doctor').map((visit) => [visit.patient.id, visit]))
  for (const [patient_id, { practitioner, end }] of seen) {
    if (random.chance(0.35)) continue
    const add = (tooth: string, kind: string, state: string, surfaces: string): void =>
      rows.add('tooth_finding', { clinic_id, id: random.id(), patient_id, tooth, kind, state, surfaces, recorded_by: practitioner.staffId, recorded_at: end.toString() })
    const from = random.int(0, teeth.length - 4)
    for (const tooth of teeth.slice(from, from + random.int(1, 4))) add(tooth, ...random.pick(kinds))
    if (random.chance(0.3)) for (const tooth of ['18', '28'] as const) add(tooth, 'missing', 'existing', '')
  }
}
