import { Refusal } from '../refusal.ts'

export const debtWays = ['sms', 'email', 'call'] as const
export type DebtWay = (typeof debtWays)[number]

/** One step of the reminders of a debt: so many days since it was due, by this way. `call` is a task of the desk. */
export interface DebtStep {
  /** From 1 on, without gaps. */
  step: number
  afterDays: number
  way: DebtWay
}

/** What an owner begins with. */
export const suggestedSteps: readonly DebtStep[] = [{ step: 1, afterDays: 7, way: 'sms' }, { step: 2, afterDays: 21, way: 'email' }, { step: 3, afterDays: 45, way: 'call' }]

/** Between two reminders of one patient lie so many days at least, whichever documents they are about. */
export const restDays = 7

/** Steps come in their order, each later than the one before. Refuses `debt_steps_order`. */
export function requireSteps(steps: readonly DebtStep[]): void {
  const inOrder = steps.every(({ step, afterDays }, index) => step === index + 1 && afterDays > (steps[index - 1]?.afterDays ?? -1))
  if (!inOrder) throw new Refusal('debt_steps_order')
}

/** The step that comes after the last one that was taken for a document (0: none was), whether its time has come or not; null after the last. */
export const nextStep = (steps: readonly DebtStep[], lastTaken: number): DebtStep | null => steps.find(({ step }) => step > lastTaken) ?? null

/** Whether the time of a step has come: an old debt is asked for step by step, never by the last step first. */
export const isDue = ({ afterDays }: DebtStep, daysDue: number): boolean => daysDue >= afterDays

export interface Reach {
  /** A mobile that may be written to. */
  sms: boolean
  /** An address, and the consent to have documents by e-mail that the law asks for. */
  email: boolean
}

/** By which way a step is taken: its own, else the other message; null where the patient can be reached by neither. A call is always possible. */
export function wayOf({ way }: Pick<DebtStep, 'way'>, reach: Reach): DebtWay | null {
  if (way === 'call' || reach[way]) return way
  const other = way === 'sms' ? 'email' : 'sms'
  return reach[other] ? other : null
}
