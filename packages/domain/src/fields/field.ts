import { may, type Actor, type Permission, type Role } from '../access.ts'
import { Refusal } from '../refusal.ts'
import { namesIn, readFormula } from './formula.ts'

export const fieldSubjects = ['patient', 'visit', 'note'] as const
export type FieldSubject = (typeof fieldSubjects)[number]

export const fieldKinds = ['text', 'number', 'date', 'choice', 'choices', 'file', 'calculated'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** Who may see a value at all: the desk too, whoever reads notes, whoever handles money, or the owner alone. */
export const sensitivities = ['desk', 'clinical', 'money', 'owner'] as const
export type Sensitivity = (typeof sensitivities)[number]

/** When it is asked for: with a new patient (or once, of a visit or note), at each visit, or never by itself. */
export const askings = ['first', 'each_visit', 'never'] as const
export type Asking = (typeof askings)[number]

/** The languages of patients; what is empty is said in Hebrew, else in English. */
export interface Labels {
  he: string
  en: string
  ar: string
  ru: string
}
export type Tongue = keyof Labels

export interface FieldOption {
  key: string
  labels: Labels
  /** Whoever chooses it has something that the staff must know of at every visit. */
  alert: boolean
  /** No longer offered; what was chosen stays readable. */
  retired: boolean
}

export interface Field {
  id: string
  subject: FieldSubject
  /** What calculations and imports call it: small Latin letters, digits and `_`. */
  key: string
  kind: FieldKind
  labels: Labels
  hints: Labels
  group: Labels
  options: readonly FieldOption[]
  unit: string
  formula: string
  sensitivity: Sensitivity
  /** Who may change it, of those who see it; empty: everyone who may write of its class. */
  editors: readonly Role[]
  asked: Asking
  /** Any answer is an alert; of choices, those options that say so. */
  raisesAlert: boolean
  retired: boolean
}

export const labelIn = (labels: Labels, tongue: Tongue): string => labels[tongue] || labels.he || labels.en || labels.ar || labels.ru

const opens: Readonly<Record<Sensitivity, { read: Permission; write: Permission }>> = {
  desk: { read: 'patient.read', write: 'patient.write' },
  clinical: { read: 'note.read', write: 'note.write' },
  money: { read: 'invoice.read', write: 'invoice.write' },
  owner: { read: 'settings.write', write: 'settings.write' },
}

/** Whether values of the field are sealed as notes are. */
export const isSealed = ({ sensitivity }: Pick<Field, 'sensitivity'>): boolean => sensitivity === 'clinical'

export const maySee = (actor: Actor, { sensitivity }: Pick<Field, 'sensitivity'>): boolean => may(actor, opens[sensitivity].read)

/** Whether somebody may change values: sees them, and is one of the field's editors or, where none are named, may write of that class. */
export const mayEdit = (actor: Actor, field: Pick<Field, 'sensitivity' | 'editors' | 'kind' | 'retired'>): boolean =>
  field.kind !== 'calculated' && !field.retired && maySee(actor, field) && (field.editors.length === 0 ? may(actor, opens[field.sensitivity].write) : actor.kind === 'system' || actor.roles.some((role) => field.editors.includes(role)))

/**
 * Whether the definition holds together. `others` are the clinic's fields of the same subject. Throws `field_label_missing`,
 * `field_options_missing` (a choice of nothing, or one twice), `field_form_wrong` (what a kind cannot have), `formula_wrong`, and
 * `formula_leaks` where a calculation would show what its reader may not see.
 */
export function checkField(field: Field, others: readonly Field[]): void {
  if (labelIn(field.labels, 'he') === '') throw new Refusal('field_label_missing')
  const choice = field.kind === 'choice' || field.kind === 'choices'
  if (choice) checkOptions(field.options)
  const alertable = field.sensitivity === 'clinical' && field.subject === 'patient'
  const wrong = (!choice && field.options.length > 0) || (field.subject === 'note' && field.sensitivity !== 'clinical') || ((field.raisesAlert || field.options.some(({ alert }) => alert)) && !alertable)
  if (wrong || (field.kind === 'calculated') !== (field.formula !== '')) throw new Refusal('field_form_wrong')
  if (field.kind === 'calculated') checkFormula(field, others)
}

function checkOptions(options: readonly FieldOption[]): void {
  const open = options.filter(({ retired }) => !retired)
  if (open.length === 0 || options.some(({ labels }) => labelIn(labels, 'he') === '') || new Set(options.map(({ key }) => key)).size < options.length) throw new Refusal('field_options_missing')
}

function checkFormula(field: Field, others: readonly Field[]): void {
  for (const name of namesIn(readFormula(field.formula))) {
    const other = others.find(({ key, id }) => key === name && id !== field.id)
    // One calculation inside another could go round in a circle.
    if (!other || other.kind === 'calculated' || other.kind === 'file' || other.kind === 'choices') throw new Refusal('formula_wrong', { name })
    if (other.sensitivity !== 'desk' && other.sensitivity !== field.sensitivity) throw new Refusal('formula_leaks', { name })
  }
}

/**
 * What may become of a definition that has values: other words, order, options and readers, but no other kind; options are
 * retired, never dropped; what is sealed stays sealed. Throws `field_form_wrong`.
 */
export function checkChange(before: Field, after: Field): void {
  const kept = before.options.every(({ key }) => after.options.some((option) => option.key === key))
  if (!kept || before.kind !== after.kind || before.subject !== after.subject || before.key !== after.key || isSealed(before) !== isSealed(after)) throw new Refusal('field_form_wrong')
}
