import type { Encounter } from '@yoman/contract/encounters'
import type { Settings } from '@yoman/contract/settings'
import { readOrder, type SaidStep, type SaidWhen, type Vocabulary } from '@yoman/domain/orders/said/read-order'
import { gapOf, windowOf } from '@yoman/domain/orders/said/when'
import type { PlainDate } from '@yoman/domain/time'
import { showDate } from '../ui/typed-times.ts'

/** One of the visits that come next, as its fields show it. */
export interface NextStep {
  visitTypeId: string | null
  /** `any` where it is all the same. */
  practitionerId: string
  /** Minutes; `null` for as long as the type takes. */
  minutes: number | null
  /** Days after the visit before, at least; 0 is the same day. The first visit has a window instead. */
  gapDays: number | null
  /** Days after the visit before, at most, where that was said. */
  atMostDays: number | null
}

export interface NextVisits {
  fromDate: string | null
  toDate: string | null
  steps: NextStep[]
  noteToDesk: string
}

export const mostSteps = 5
export const anybody = 'any'
export const bareStep = (): NextStep => ({ visitTypeId: null, practitionerId: anybody, minutes: null, gapDays: 0, atMostDays: null })

/** In a fortnight, as far as nothing else was said. */
export function nothingSaid(today: PlainDate): NextVisits {
  return { ...windowOf({ unit: 'week', from: 2, to: 2 }, today), steps: [bareStep()], noteToDesk: '' }
}

/** The names that a doctor may say. */
export function vocabularyOf({ visitTypes, resources }: Settings, self: string): Vocabulary {
  const names = ({ name, nameEn }: { name: string; nameEn: string }): string[] => [name, nameEn].filter(Boolean)
  return {
    types: visitTypes.filter(({ active }) => active).map((type) => ({ id: type.id, names: names(type), profession: type.profession })),
    people: resources.filter(({ active, kind }) => active && kind === 'practitioner').map((person) => ({ id: person.id, names: names(person) })),
    self,
  }
}

/** What was said, as fields that can be corrected. A visit that the speaker's profession does is the speaker's own. */
export function heard(text: string, settings: Settings, { practitionerId }: Pick<Encounter, 'practitionerId'>, today: PlainDate): NextVisits {
  const { steps, note } = readOrder(text, vocabularyOf(settings, practitionerId))
  const professionOf = new Map(settings.resources.map(({ id, practitioner }) => [id, practitioner?.profession]))
  const whose = (step: SaidStep): string => {
    const type = settings.visitTypes.find(({ id }) => id === step.visitTypeId)
    return step.practitionerId ?? (type?.profession && type.profession === professionOf.get(practitionerId) ? practitionerId : anybody)
  }
  const first = steps[0]?.when
  return {
    ...(first ? windowOf(first, today) : windowOf({ unit: 'week', from: 2, to: 2 }, today)),
    steps: steps.map((step, index) => ({ visitTypeId: step.visitTypeId, practitionerId: whose(step), minutes: step.minutes, ...daysAfter(index === 0 ? null : step.when) })),
    noteToDesk: [note, ...steps.slice(1).flatMap(({ when }) => (when && 'date' in when ? [showDate(when.date)] : []))].filter(Boolean).join(' · '),
  }
}

/** A later visit follows the one before it; a date that was said of it goes along as a note. */
function daysAfter(when: SaidWhen): Pick<NextStep, 'gapDays' | 'atMostDays'> {
  if (!when || 'date' in when) return { gapDays: 0, atMostDays: null }
  const { minGapDays, maxGapDays } = gapOf(when)
  return { gapDays: minGapDays, atMostDays: when.to > when.from ? maxGapDays : null }
}

/** As the desk gets it; `null` while a field that it needs is empty. */
export function orderOf({ fromDate, toDate, steps, noteToDesk }: NextVisits, id: string, { patientId, id: encounterId, branchId }: Encounter) {
  if (fromDate === null || toDate === null) return null
  const wanted = steps.flatMap(({ visitTypeId, practitionerId, minutes, gapDays, atMostDays }) =>
    visitTypeId === null || gapDays === null
      ? []
      : [
          {
            visitTypeId,
            practitionerId: practitionerId === anybody ? null : practitionerId,
            ...(minutes === null ? {} : { durationMinutes: minutes }),
            minGapDays: gapDays,
            ...(atMostDays !== null && atMostDays >= gapDays ? { maxGapDays: atMostDays } : {}),
          },
        ],
  )
  return wanted.length === steps.length ? { id, patientId, encounterId, branchId, window: { fromDate, toDate }, noteToDesk: noteToDesk.trim(), steps: wanted } : null
}
