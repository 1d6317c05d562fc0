import { readPhone, showPhone } from '@yoman/domain/people/phone'
import type { ShownPlan } from '@yoman/domain/plans/shown'
import { isolated, leftToRight } from '../bidi.ts'
import { fill } from '../format.ts'
import { planWords } from './words.ts'

/** Who writes, below the clinic's name, on a paper for a patient. */
export function letterheadLines({ clinic, language }: Pick<ShownPlan, 'clinic' | 'language'>): string[] {
  const words = planWords[language]
  const number = readPhone(clinic.phone)
  return [
    clinic.legalName && clinic.legalName !== clinic.name ? isolated(clinic.legalName) : '',
    clinic.vatNumber && fill(words.vatNumber, { number: leftToRight(clinic.vatNumber) }),
    clinic.address && isolated(clinic.address),
    clinic.phone && fill(words.phone, { phone: leftToRight(number === null ? clinic.phone : showPhone(number)) }),
  ].filter((line) => line !== '')
}
