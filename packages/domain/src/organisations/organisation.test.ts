import { expect, it } from 'vitest'
import { refusal } from '../refusal.fixture.ts'
import { type OrganisationFields, readOrganisation } from './organisation.ts'

const typed: OrganisationFields = { name: ' אלון תעשיות ', nameLatin: '', dealerNumber: '77-7777 715', address: '', email: '', takesEmail: false, language: 'he' }

it('keeps names without their edges and numbers without what people put between digits', () => {
  expect(readOrganisation(typed)).toMatchObject({ name: 'אלון תעשיות', dealerNumber: '777777715', email: '' })
})

it('knows a dealer by nine digits whose check digit fits, and takes who is none', () => {
  expect(readOrganisation({ ...typed, dealerNumber: '' }).dealerNumber).toBe('')
  for (const dealerNumber of ['777777714', '77777771', '7777777150', 'אבג', '000000000']) expect(refusal(() => readOrganisation({ ...typed, dealerNumber }))).toBe('dealer_number_invalid')
})

it('refuses no name, and an address that no mail reaches', () => {
  expect(refusal(() => readOrganisation({ ...typed, name: '  ' }))).toBe('name_missing')
  expect(refusal(() => readOrganisation({ ...typed, email: 'accounts at alon' }))).toBe('email_invalid')
})
