import { Refusal } from '../refusal.ts'
import type { PatientDetails } from './details.ts'

/** What one chooses between, and which details each choice decides. Alerts are never chosen between: both stay. */
export const mergeFields = {
  name: ['givenName', 'familyName'],
  nameLatin: ['givenNameLatin', 'familyNameLatin'],
  identifier: ['identifier'],
  birthDate: ['birthDate'],
  sex: ['sex'],
  phones: ['phones'],
  email: ['email'],
  address: ['address'],
  healthFund: ['healthFund'],
  language: ['language'],
  deskNote: ['deskNote'],
  referralSource: ['referralSource'],
  active: ['active'],
} as const satisfies Record<string, readonly (keyof PatientDetails)[]>

export type MergeField = keyof typeof mergeFields
/** Whose word stays; of phones and desk notes both may. */
export type MergeChoice = 'survivor' | 'merged' | 'both'
export type MergeChoices = Partial<Record<MergeField, MergeChoice>>

export const fieldsThatTakeBoth: readonly MergeField[] = ['phones', 'deskNote']
const fields = Object.keys(mergeFields) as MergeField[] // keys of an object made here
/** As many phones as a record may have. */
const mostPhones = 5
const longestNote = 2_000

/** The fields in which two records do not say the same. */
export const differingFields = (survivor: PatientDetails, merged: PatientDetails): MergeField[] =>
  fields.filter((field) => mergeFields[field].some((one) => JSON.stringify(survivor[one]) !== JSON.stringify(merged[one])))

/** What is proposed where nobody chose: the survivor's word; the other's where the survivor has none; of phones and notes both. */
export function usualChoice(field: MergeField, survivor: PatientDetails, merged: PatientDetails): MergeChoice {
  const [first] = mergeFields[field]
  const empty = (one: PatientDetails): boolean => one[first] === null || one[first] === '' || one[first] === 'unknown' || (first === 'phones' && one.phones.length === 0) || (first === 'address' && Object.values(one.address).every((part) => part === ''))
  if (empty(merged)) return 'survivor'
  if (empty(survivor)) return 'merged'
  return fieldsThatTakeBoth.includes(field) ? 'both' : 'survivor'
}

/**
 * The details of the one record that remains. Throws `merge_phones_too_many` and `merge_note_too_long` where both together are
 * more than a record takes, `merge_choice_wrong` where a field cannot take both.
 */
export function mergedDetails(survivor: PatientDetails, merged: PatientDetails, choices: MergeChoices): PatientDetails {
  const result: PatientDetails = { ...survivor, alerts: together(survivor.alerts, merged.alerts) }
  for (const field of fields) Object.assign(result, chosen(field, choices[field] ?? usualChoice(field, survivor, merged), survivor, merged))
  if (result.phones.length > mostPhones) throw new Refusal('merge_phones_too_many', { most: mostPhones })
  if (result.deskNote.length > longestNote) throw new Refusal('merge_note_too_long')
  return result
}

function chosen(field: MergeField, choice: MergeChoice, survivor: PatientDetails, merged: PatientDetails): Partial<PatientDetails> {
  if (choice === 'both') return both(field, survivor, merged)
  const from = choice === 'merged' ? merged : survivor
  return Object.fromEntries(mergeFields[field].map((one) => [one, from[one]]))
}

function both(field: MergeField, survivor: PatientDetails, merged: PatientDetails): Partial<PatientDetails> {
  if (field === 'deskNote') return { deskNote: together(survivor.deskNote, merged.deskNote) }
  if (field !== 'phones') throw new Refusal('merge_choice_wrong', { field })
  const numbers = survivor.phones.map(({ number }) => number)
  return { phones: [...survivor.phones, ...merged.phones.filter(({ number }) => !numbers.includes(number))] }
}

/** Two texts under each other; no word of either is lost, and the same words are not said twice. */
function together(one: string, other: string): string {
  if (one.trim() === '' || one.trim() === other.trim()) return other
  return other.trim() === '' ? one : `${one}\n${other}`
}

/** A record that was merged away keeps its name for the trail, and gives up what finds it: a number and phones belong to one. */
export const detailsOfMerged = (merged: PatientDetails): PatientDetails => ({ ...merged, identifier: null, phones: [] })

/** The survivor's details after the undo: as before the merge, except what somebody changed since, which stays as they left it. */
export function detailsAfterUndo(before: PatientDetails, after: PatientDetails, now: PatientDetails): PatientDetails {
  const names = Object.keys(now) as (keyof PatientDetails)[] // keys of an object made here
  const same = (one: keyof PatientDetails): boolean => JSON.stringify(now[one]) === JSON.stringify(after[one])
  return { ...now, ...Object.fromEntries(names.filter(same).map((one) => [one, before[one]])) }
}

export interface MergeState {
  state: 'proposed' | 'declined' | 'merged' | 'undone'
  proposedBy: string
}

/** Throws `merge_decided` where it was decided before, `merge_by_self`: two people answer for making one record of two. */
export function checkApproval(merge: MergeState, by: string | null): void {
  if (merge.state !== 'proposed') throw new Refusal('merge_decided')
  if (by === null || merge.proposedBy === by) throw new Refusal('merge_by_self')
}

/** Throws `merge_decided`. The proposer may take it back as well as another may decline it. */
export function checkDecline(merge: MergeState): void {
  if (merge.state !== 'proposed') throw new Refusal('merge_decided')
}

/** Throws `merge_not_standing`, `merge_not_last`: of several merges into one record the last is undone first. */
export function checkUndo(merge: MergeState, laterOnes: number): void {
  if (merge.state !== 'merged') throw new Refusal('merge_not_standing')
  if (laterOnes > 0) throw new Refusal('merge_not_last')
}
