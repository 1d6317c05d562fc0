import type { MergePreview } from '@yoman/contract/merges'
import type { Patient } from '@yoman/contract/patients'
import { t } from '../i18n.ts'
import { phoneText } from '../ui/phone-text.ts'
import { showDate } from '../ui/typed-times.ts'

export type MergeField = MergePreview['fields'][number]['field']
export type MergeChoice = 'survivor' | 'merged' | 'both'

/** What a record says in a field, in words; empty where it says nothing. */
export function fieldWords(patient: Patient, field: MergeField): string {
  switch (field) {
    case 'name': return `${patient.givenName} ${patient.familyName}`.trim()
    case 'nameLatin': return `${patient.givenNameLatin} ${patient.familyNameLatin}`.trim()
    case 'identifier': return patient.identifier?.masked ?? ''
    case 'birthDate': return patient.birthDate ? showDate(patient.birthDate) : ''
    case 'sex': return t(`patients.sex.${patient.sex}`)
    case 'phones': return patient.phones.map(({ number }) => phoneText(number)).join(', ')
    case 'email': return patient.email ?? ''
    case 'address': return [patient.address.street, patient.address.city, patient.address.postalCode].filter(Boolean).join(', ')
    case 'healthFund': return patient.healthFund ? t(`patients.fund.${patient.healthFund}`) : ''
    case 'language': return t(`patients.language.${patient.language}`)
    case 'deskNote': return patient.deskNote
    case 'referralSource': return patient.referralSource
    case 'active': return t(patient.active ? 'merges.active' : 'patients.inactive')
  }
}

/** Fields whose words are numbers or Latin text and run left to right. */
export const runsLtr = (field: MergeField): boolean => ['nameLatin', 'identifier', 'birthDate', 'phones', 'email'].includes(field)

/** "12 visits, 3 documents" of what comes over or goes back. */
export const countWords = (counts: MergePreview['comesOver']): string => counts.map(({ kind, count }) => t(`merges.kind.${kind}`, {}, count)).join(' · ')
