import type { Settings } from '@yoman/contract/settings'

export const stepNames = ['clinic', 'hours', 'people', 'places', 'types', 'reminders', 'patients'] as const
export type StepName = (typeof stepNames)[number]

/** Steps that a clinic may do without. */
export const optionalSteps: readonly StepName[] = ['places', 'patients']

export interface Known {
  settings: Settings
  /** Active reminder rules. */
  rules: number
  hasPatients: boolean
}

/** Which steps of setting a clinic up are done, read from what stands in the record: nobody ticks anything off. */
export function stepsDone({ settings, rules, hasPatients }: Known): Record<StepName, boolean> {
  const active = settings.resources.filter((resource) => resource.active)
  return {
    clinic: settings.clinic.phone !== null,
    hours: settings.branches.some((branch) => branch.active && branch.hours.length > 0),
    people: active.some(({ kind, hours }) => kind === 'practitioner' && hours.length > 0),
    places: active.some(({ kind }) => kind !== 'practitioner'),
    types: settings.visitTypes.some((type) => type.active),
    reminders: rules > 0,
    patients: hasPatients,
  }
}

/** What a first appointment cannot do without. */
export const readyToBook = (done: Record<StepName, boolean>): boolean => done.people && done.types
