import { plainDate } from '@yoman/domain/time'
import { expect, it } from 'vitest'
import { smsLength } from '../sms-length.ts'
import { composeLinkMessage } from './compose.ts'

const url = 'https://payments.payplus.co.il/l/0e8789bf-9eaf-4a07-9c16-0a348a4fd5d9'
const facts = { patientFirstName: 'שרה', clinicName: 'מרפאות שקד', branchName: 'מרכז', phone: '+97235550100', amount: 18_050, document: { number: 12, issuedOn: plainDate('2026-09-07') }, url }

it.each(['he', 'en', 'ar', 'ru'] as const)('says who asks for how much, for which bill and where to pay, and nothing of what was done (%s)', (language) => {
  const { subject, body } = composeLinkMessage({ ...facts, channel: 'sms', language })
  expect(subject).toBe('')
  for (const part of ['מרפאות שקד', '₪180.50', '7.9.2026', '12', url, '555']) expect(body).toContain(part)
  expect(body.split('\n')).toContain(url) // a line of its own: phones make it a link, whatever stands beside it
  expect(body).not.toMatch(/[{}]/)
  expect(smsLength(body).parts).toBeLessThanOrEqual(4)
  const mail = composeLinkMessage({ ...facts, channel: 'email', language })
  expect(mail.subject).toContain('7.9.2026')
  expect(mail.body.split('\n')).toContain(url)
})

it('leaves the line of questions out where nobody knows a phone', () => {
  expect(composeLinkMessage({ ...facts, phone: '', channel: 'sms', language: 'he' }).body).not.toContain('לשאלות')
})
