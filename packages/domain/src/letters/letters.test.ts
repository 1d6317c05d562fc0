import { describe, expect, it } from 'vitest'
import type { Refusal } from '../refusal.ts'
import { controlledDrug } from './controlled.ts'
import { checkLetter, checkTemplate, type Drug, fillLetter } from './letter.ts'

const values = { patientName: 'שרה לוי', birthDate: '02/05/1984', identifier: '', doctorName: 'ד״ר מיכל', date: '22/11/2026', clinicName: 'הדר', visitDate: '', note: 'כאב בשן {date}', procedures: '', alerts: '' }
const refusal = (act: () => void): string => {
  try {
    act()
    return 'allowed'
  } catch (error) {
    return (error as Refusal).code
  }
}

describe('a template of a letter', () => {
  it('knows its placeholders and no others', () => {
    expect(refusal(() => checkTemplate('שלום {patientName}, { ו־} לבד'))).toBe('template_placeholder_unknown')
    expect(refusal(() => checkTemplate('שלום {patientName} { לבד'))).toBe('allowed')
  })

  it('is filled once and literally; a line of which nothing is known is left out', () => {
    expect(fillLetter('{patientName}, {identifier}\nת״ז {identifier}\nנבדק: {note}\n\nבברכה', values)).toBe('שרה לוי, \nנבדק: כאב בשן {date}\n\nבברכה')
  })
})

describe('a letter that is signed', () => {
  const drug: Drug = { name: 'Amoxicillin 500 mg', dose: '1x3', days: 7, quantity: '21' }
  const letter = { kind: 'prescription' as const, body: '', drugs: [drug], doctor: { name: 'ד״ר מיכל', speciality: '', licence: '4711' }, patient: { name: 'שרה', birthDate: null, identifier: '18' } }

  it('has something in it', () => {
    expect(refusal(() => checkLetter(letter))).toBe('allowed')
    expect(refusal(() => checkLetter({ ...letter, drugs: [] }))).toBe('letter_empty')
    expect(refusal(() => checkLetter({ ...letter, kind: 'summary', drugs: [], body: ' \n' }))).toBe('letter_empty')
  })

  it('carries a licence and the number of the patient where a stranger must rely on it', () => {
    for (const kind of ['prescription', 'sick_note'] as const) {
      expect(refusal(() => checkLetter({ ...letter, kind, body: 'א', doctor: { ...letter.doctor, licence: '' } }))).toBe('licence_missing')
      expect(refusal(() => checkLetter({ ...letter, kind, body: 'א', patient: { ...letter.patient, identifier: '' } }))).toBe('identifier_missing')
    }
    expect(refusal(() => checkLetter({ ...letter, kind: 'referral', body: 'א', doctor: { ...letter.doctor, licence: '' }, patient: { ...letter.patient, identifier: '' } }))).toBe('allowed')
  })

  it('prescribes no narcotic, in whatever script and case it is written', () => {
    for (const name of ['Oxycodone 5mg', 'PERCOCET-5', 'טבליות פרקוסט', 'Ritalin LA 20', 'fentanyl patch', 'Percocet5mg', 'ריטלין10']) expect(refusal(() => checkLetter({ ...letter, drugs: [drug, { ...drug, name }] }))).toBe('drug_needs_special_form')
    for (const name of ['Amoxicillin', 'Ibuprofen 400', 'אופטלגין', 'Chlorhexidine 0.2%', 'Mirtazapine']) expect(controlledDrug(name)).toBe(false)
  })
})
