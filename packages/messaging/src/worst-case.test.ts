import { expect, test } from 'vitest'
import { smsLength } from './sms-length.ts'
import { worstCase } from './worst-case.ts'

const clinic = { clinicName: 'מרפאת כהן', branchName: 'דיזנגוף', phone: '+97236123456' }
const draft = (body: string, language: 'he' | 'en' = 'he') => ({ kind: 'reminder' as const, channel: 'sms' as const, language, subject: '', body })
const none = { patientFirstName: [], practitionerName: [], branchName: [] }

test('a text that long names push past a part says which names they are, and only those that stand in it', () => {
  const text = draft(`${'א'.repeat(40)} {patientFirstName} {date} {time}`)
  const real = { patientFirstName: ['אלכסנדרה-מרגריטה'], practitionerName: ['פרופסור נבוכדנצר אבוטבול'], branchName: ['סניף קריית שמונה רבתי'] }
  const worst = worstCase(text, clinic, real)
  expect(worst.sms.parts).toBe(2)
  expect(worst.sms).toEqual(smsLength(worst.body))
  expect(worst.because).toEqual([{ placeholder: 'patientFirstName', value: 'אלכסנדרה-מרגריטה' }])
})

test('one foreign letter in a name makes an English text cost twice: the name is told though a longer one is not', () => {
  const text = draft(`${'a'.repeat(100)} {patientFirstName} {practitionerName}`, 'en')
  const worst = worstCase(text, clinic, { ...none, patientFirstName: ['Alexandra-Margarita', 'Zoë אור'], practitionerName: ['Dr Lee'] })
  expect(worst.sms).toMatchObject({ parts: 2, encoding: 'UCS-2' })
  expect(worst.because).toEqual([{ placeholder: 'patientFirstName', value: 'Zoë אור' }])
})

test('names that cost no more are not told, and a clinic without names costs the usual', () => {
  expect(worstCase(draft('{patientFirstName} {time}'), clinic, { ...none, patientFirstName: ['אלכסנדרה'] })).toMatchObject({ because: [], sms: { parts: 1 } })
  expect(worstCase(draft('{patientFirstName} {time}'), clinic, none).body).toContain('נועה')
})
