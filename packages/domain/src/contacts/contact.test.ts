import { expect, test } from 'vitest'
import { instant } from '../time.ts'
import { callerOf, checkCorrectable, isCorrectable, wordsOf } from './contact.ts'

const zone = 'Asia/Jerusalem'
const contact = { writtenBy: 'ruti', writtenAt: instant('2026-11-22T06:00:00Z') } // eight in the morning
const refused = (code: string) => expect.objectContaining({ code })

test('a caller without a record is known by a name or a number', () => {
  expect(callerOf({ name: ' אבי ', phone: '050-123 4567' }, null)).toEqual({ name: 'אבי', phone: '+972501234567' })
  expect(callerOf({ name: '', phone: '' }, 'sara')).toEqual({ name: '', phone: '' })
  expect(() => callerOf({ name: ' ', phone: '' }, null)).toThrow(refused('contact_with_nobody'))
  expect(() => callerOf({ name: 'אבי', phone: '12' }, null)).toThrow(refused('phone_invalid'))
})

test('something was said', () => {
  expect(wordsOf(' ביקשה לדחות ')).toBe('ביקשה לדחות')
  expect(() => wordsOf(' \n')).toThrow(refused('contact_without_words'))
})

test('whoever wrote it corrects it, until midnight on the wall', () => {
  expect(isCorrectable(contact, 'ruti', instant('2026-11-22T21:59:00Z'), zone)).toBe(true)
  expect(() => checkCorrectable(contact, 'ruti', instant('2026-11-22T22:00:00Z'), zone)).toThrow(refused('contact_settled'))
  expect(() => checkCorrectable(contact, 'dana', instant('2026-11-22T06:01:00Z'), zone)).toThrow(refused('not_the_author'))
})
