import { readEmail } from '../people/email.ts'
import { isIsraeliId } from '../people/national-id.ts'
import { Refusal } from '../refusal.ts'

/** Who pays for visits and is no patient: an employer, an insurer, a health fund, another clinic. */
export interface OrganisationFields {
  name: string
  nameLatin: string
  /** Nine digits of an authorised dealer; empty where it is none. */
  dealerNumber: string
  address: string
  email: string
  /** Whether it agreed beforehand to have its documents by e-mail (bookkeeping instructions §18ב). */
  takesEmail: boolean
  language: 'he' | 'en'
}

/**
 * What was typed, as it is kept. Numbers of companies and of dealers have the check digit of identity numbers, and all their nine digits.
 * Refuses `name_missing`, `dealer_number_invalid`, `email_invalid`.
 */
export function readOrganisation(typed: OrganisationFields): OrganisationFields {
  const [name, dealerNumber, email] = [typed.name.trim(), typed.dealerNumber.replace(/[\s-]/g, ''), typed.email.trim() === '' ? '' : readEmail(typed.email)]
  if (name === '') throw new Refusal('name_missing')
  if (dealerNumber !== '' && !isDealerNumber(dealerNumber)) throw new Refusal('dealer_number_invalid')
  if (email === null) throw new Refusal('email_invalid')
  return { ...typed, name, nameLatin: typed.nameLatin.trim(), dealerNumber, address: typed.address.trim(), email }
}

const isDealerNumber = (text: string): boolean => text.length === 9 && isIsraeliId(text)
