import type { DocumentLanguage } from '../plans/shown.ts'
import { Refusal } from '../refusal.ts'
import { controlledDrug } from './controlled.ts'

export const letterKinds = ['referral', 'sick_note', 'prescription', 'summary'] as const
export type LetterKind = (typeof letterKinds)[number]

/** Words that may stand in braces in a letter's template, filled from the record when a letter is begun. */
export const letterPlaceholders = ['patientName', 'birthDate', 'identifier', 'doctorName', 'date', 'clinicName', 'visitDate', 'note', 'procedures', 'alerts'] as const
export type LetterPlaceholder = (typeof letterPlaceholders)[number]

const place = /\{([^{}]*)\}/g

/** Throws `template_placeholder_unknown` with the first word in braces that letters do not know. */
export function checkTemplate(text: string): void {
  for (const [, name = ''] of text.matchAll(place)) {
    if (!(letterPlaceholders as readonly string[]).includes(name)) throw new Refusal('template_placeholder_unknown', { placeholder: name.slice(0, 40) })
  }
}

/**
 * The text with what the record knows filled in, literally and once. A line whose every placeholder is empty is left out, so that
 * nobody signs "Allergies: ." by oversight.
 */
export const fillLetter = (text: string, values: Readonly<Record<LetterPlaceholder, string>>): string =>
  text
    .split('\n')
    .filter((line) => {
      const named = [...line.matchAll(place)].map(([, name]) => values[name as LetterPlaceholder]) // an unknown one was refused when it was written
      return named.length === 0 || named.some((value) => value !== '')
    })
    .map((line) => line.replace(place, (whole, name: LetterPlaceholder) => values[name] ?? whole))
    .join('\n')

/** One medicine of a prescription, as it is to be given out. */
export interface Drug {
  /** With strength and form, for example `Amoxicillin 500 mg caps`. */
  name: string
  /** How it is taken. */
  dose: string
  /** For how many days; null where that is said in `dose`. */
  days: number | null
  /** How much is given out, for example `20 caps`. */
  quantity: string
}

/** A letter as it is signed. What is sealed is the text of this object. */
export interface LetterContent {
  form: 1
  letterId: string
  kind: LetterKind
  language: DocumentLanguage
  title: string
  body: string
  drugs: Drug[]
  clinic: { name: string; legalName: string; vatNumber: string; address: string; phone: string }
  patient: { name: string; birthDate: string | null; identifier: string }
  doctor: { name: string; speciality: string; licence: string }
  /** On the wall of the branch. */
  signedOn: string
}

/**
 * Whether it may be signed so. A prescription and a sick note carry the number of a licence and, so that a pharmacist or an employer
 * knows whose it is, the number of the patient. Throws `letter_empty`, `licence_missing`, `identifier_missing`, and for a medicine
 * that the law wants on a special form `drug_needs_special_form` (with its `name`).
 */
export function checkLetter({ kind, body, drugs, doctor, patient }: Pick<LetterContent, 'kind' | 'body' | 'drugs' | 'doctor' | 'patient'>): void {
  if (kind === 'prescription' ? drugs.length === 0 : !/\S/.test(body)) throw new Refusal('letter_empty')
  for (const { name } of drugs) if (controlledDrug(name)) throw new Refusal('drug_needs_special_form', { name: name.slice(0, 80) })
  if (kind !== 'prescription' && kind !== 'sick_note') return
  if (doctor.licence === '') throw new Refusal('licence_missing')
  if (patient.identifier === '') throw new Refusal('identifier_missing')
}
