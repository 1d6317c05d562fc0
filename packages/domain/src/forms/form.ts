import type { Actor } from '../access.ts'
import { type Field, type FieldOption, labelIn, type Labels, maySee } from '../fields/field.ts'
import { type FieldValue, readValue } from '../fields/value.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, isBefore } from '../time.ts'

export const formKinds = ['anamnesis', 'intake', 'consent', 'other'] as const
export type FormKind = (typeof formKinds)[number]

/** What a form is made of: a text to read, or one of the clinic's own fields of patients. */
export type FormItem = { kind: 'text'; words: Labels } | { kind: 'field'; fieldId: string; required: boolean }

/** A field as it is asked in one version of a form. */
export type AskedField = Pick<Field, 'id' | 'labels' | 'hints' | 'unit' | 'sensitivity' | 'raisesAlert'> & { kind: Exclude<Field['kind'], 'file' | 'calculated'>; options: readonly FieldOption[] }
export type ShownItem = { kind: 'text'; words: Labels } | { kind: 'field'; required: boolean; field: AskedField }

/** All that a version of a form says, in every language it has. What is signed is signed with this. */
export interface FormContent {
  title: Labels
  /** Whether it ends with a signature. */
  signed: boolean
  items: readonly ShownItem[]
}

export interface FormDraft {
  title: Labels
  signed: boolean
  items: readonly FormItem[]
}

/**
 * A form with its fields as they are now. Throws `form_empty` without a title or without anything to read or answer, `form_field_unfit`
 * (`fieldId`) for a field that is of visits or notes, out of use, calculated, a file, or there twice, `form_classes_mixed` (`fieldId`)
 * for one of money or of the owner beside a clinical one: no role may read both, and the answers are read whole.
 */
export function contentOf(draft: FormDraft, fields: readonly Field[]): FormContent {
  const content = shown(draft, fields)
  const asked = fieldsAsked(content)
  const apart = asked.find(({ sensitivity }) => sensitivity === 'money' || sensitivity === 'owner')
  if (apart && asked.some(({ sensitivity }) => sensitivity === 'clinical')) throw new Refusal('form_classes_mixed', { fieldId: apart.id })
  return content
}

function shown({ title, signed, items }: FormDraft, fields: readonly Field[]): FormContent {
  if (labelIn(title, 'he') === '' || items.length === 0) throw new Refusal('form_empty')
  const asked = new Set<string>()
  return {
    title,
    signed,
    items: items.map((item): ShownItem => {
      if (item.kind === 'text') return { kind: 'text', words: item.words }
      if (asked.has(item.fieldId)) throw new Refusal('form_field_unfit', { fieldId: item.fieldId })
      asked.add(item.fieldId)
      return { kind: 'field', required: item.required, field: askedField(item.fieldId, fields) }
    }),
  }
}

function askedField(fieldId: string, fields: readonly Field[]): AskedField {
  const field = fields.find(({ id }) => id === fieldId)
  if (!field || field.retired || field.subject !== 'patient' || field.kind === 'file' || field.kind === 'calculated') throw new Refusal('form_field_unfit', { fieldId })
  const { id, kind, labels, hints, unit, sensitivity, raisesAlert } = field
  return { id, kind, labels, hints, unit, sensitivity, raisesAlert, options: field.options.filter(({ retired }) => !retired) }
}

/** What a form was made from. */
export const draftOf = ({ title, signed, items }: FormContent): FormDraft => ({
  title,
  signed,
  items: items.map((item): FormItem => (item.kind === 'text' ? item : { kind: 'field', fieldId: item.field.id, required: item.required })),
})

export const fieldsAsked = ({ items }: FormContent): AskedField[] => items.flatMap((item) => (item.kind === 'field' ? [item.field] : []))

/** Answers are read by whoever may see every field of the form. */
export const mayReadAnswers = (actor: Actor, content: FormContent): boolean => fieldsAsked(content).every((field) => maySee(actor, field))

export type Answers = ReadonlyMap<string, FieldValue>

/** Answers as they are kept; those that are not asked here are left out, empty ones too. Throws `field_value_wrong` (`fieldId`). */
export function readAnswers(content: FormContent, typed: readonly { fieldId: string; value: unknown }[]): Map<string, FieldValue> {
  const read = fieldsAsked(content).map((field): [string, FieldValue | null] => [field.id, readValue(field, typed.find(({ fieldId }) => fieldId === field.id)?.value ?? null)])
  return new Map(read.filter((entry): entry is [string, FieldValue] => entry[1] !== null))
}

/** Throws `form_answer_missing` (`fieldId`) for the first required question without an answer. */
export function checkComplete(content: FormContent, answers: Answers): void {
  for (const item of content.items) if (item.kind === 'field' && item.required && !answers.has(item.field.id)) throw new Refusal('form_answer_missing', { fieldId: item.field.id })
}

export interface Reported {
  fieldId: string
  /** In the language of the clinic, for example `אלרגיות: פניצילין, לטקס`. */
  words: string
}

/**
 * What the staff must know of: options that are alerts, and any answer to a field that is one. What was an alert when the form was
 * published is one, and what became one since: `today` are the clinic's fields as they are now.
 */
export function alertsIn(content: FormContent, answers: Answers, today: readonly Field[]): Reported[] {
  return fieldsAsked(content).flatMap((field): Reported[] => {
    const answer = answers.get(field.id)
    if (answer === undefined) return []
    const chosen = Array.isArray(answer) ? answer : [answer]
    const now = today.find(({ id }) => id === field.id)
    const isAlert = (option: FieldOption): boolean => option.alert || (now?.options.some(({ key, alert }) => alert && key === option.key) ?? false)
    const options = field.options.filter((option) => isAlert(option) && chosen.includes(option.key)).map(({ labels }) => labelIn(labels, 'he'))
    const said = options.length > 0 ? options.join(', ') : field.raisesAlert || now?.raisesAlert ? String(answer) : ''
    return said === '' ? [] : [{ fieldId: field.id, words: `${labelIn(field.labels, 'he')}: ${said}` }]
  })
}

/** How long a link opens a form, in days. */
export const formDays = 14
export const formExpires = (now: Instant): Instant => now.add({ hours: formDays * 24 })

export type ResponseStatus = 'open' | 'signed' | 'withdrawn'
export type ResponseState = ResponseStatus | 'expired'

export const responseState = ({ status, expiresAt }: { status: ResponseStatus; expiresAt: Instant }, now: Instant): ResponseState => (status === 'open' && !isBefore(now, expiresAt) ? 'expired' : status)

/** Throws `form_closed` (`state`) where it can no longer be filled. */
export function checkOpen(response: { status: ResponseStatus; expiresAt: Instant }, now: Instant): void {
  const state = responseState(response, now)
  if (state !== 'open') throw new Refusal('form_closed', { state })
}

export interface Signature {
  /** Who signs, as they write it. */
  name: string
  as: 'patient' | 'guardian'
  /** Lines drawn, each a run of x and y in thousandths of the field; none where the name was typed instead. */
  strokes: readonly (readonly number[])[]
}

/** Throws `form_signature_missing` without a name, or with neither a line nor the word that the name stands for it. */
export function checkSignature(signature: Signature | null, typed: boolean): void {
  if (!signature || signature.name.trim().length < 2 || (signature.strokes.every((line) => line.length < 4) && !typed)) throw new Refusal('form_signature_missing')
}

/** The alerts of the record with one more line; as they are where they say it already. */
export const withAlert = (alerts: string, words: string): string => (alerts.includes(words) ? alerts : alerts === '' ? words : `${alerts}\n${words}`)
