import { letterKinds, letterPlaceholders, type LetterContent } from '@yoman/domain/letters/letter'
import { documentLanguages } from '@yoman/domain/plans/shown'
import { describe, expect, it } from 'vitest'
import { withoutControls } from '../bidi.ts'
import { drawSheet } from '../sheets/draw.ts'
import { letterSheet } from './model.ts'
import { letterTexts } from './texts.ts'

const letter = (more: Partial<LetterContent> = {}): LetterContent => ({
  form: 1, letterId: 'l', kind: 'prescription', language: 'he', title: 'מרשם', body: 'ליטול עם אוכל.',
  drugs: [{ name: 'Amoxicillin 500 mg', dose: 'כמוסה 3 פעמים ביום', days: 7, quantity: '21 caps' }, { name: 'אופטלגין', dose: '', days: null, quantity: '' }],
  clinic: { name: 'מרפאת הדר', legalName: 'מרפאת הדר', vatNumber: '514777715', address: 'הרצל 1, חיפה', phone: '+97248000001' },
  patient: { name: 'שרה לוי', birthDate: '1984-05-02', identifier: '000000018' }, doctor: { name: 'ד״ר מיכל', speciality: 'רפואת שיניים', licence: '1-12345' }, signedOn: '2026-11-22', ...more,
})
const signed = { hash: 'cd'.repeat(32), atMs: 1_795_000_000_000 }

describe('a letter on paper', () => {
  it('carries what a pharmacist must know: who, for whom, when, the licence, each medicine; and a place for hand and stamp', () => {
    const sheet = letterSheet(letter(), signed)
    expect(sheet.facts.map(({ value }) => withoutControls(value))).toEqual(['שרה לוי', '22/11/2026', '000000018', '02/05/1984'])
    expect(sheet.parts[0]).toMatchObject({ kind: 'table' })
    const texts = sheet.parts.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : part.kind === 'signature' ? [...part.lines, ...part.small] : part.kind === 'text' ? [part.text] : [])).map(withoutControls)
    expect(texts).toEqual(expect.arrayContaining(['Amoxicillin 500 mg', 'כמוסה 3 פעמים ביום', '7', '21 caps', 'אופטלגין', 'ליטול עם אוכל.', 'ד״ר מיכל', 'רפואת שיניים', 'מס׳ רישיון 1-12345', 'חתימה וחותמת', `טביעת המסמך: ${'cd'.repeat(32)}`]))
    expect(texts.at(-1)).toContain('אינו מרשם דיגיטלי')
  })

  it('says of a draft that it is one, and of another letter nothing of prescriptions', () => {
    expect(letterSheet(letter(), { ...signed, hash: null }).subheading).toContain('טיוטה')
    const summary = letterSheet(letter({ kind: 'summary', drugs: [] }), signed)
    expect(JSON.stringify(summary)).not.toContain('מרשם דיגיטלי')
    expect(summary.parts.some(({ kind }) => kind === 'table')).toBe(false)
  })

  it.each(documentLanguages)('is drawn in %s, from the same data the same bytes', async (language) => {
    const draw = () => drawSheet(letterSheet(letter({ language }), signed))
    expect((await draw()).equals(await draw())).toBe(true)
  })
})

it('comes with texts in four languages that know their placeholders', () => {
  for (const language of documentLanguages) {
    for (const kind of letterKinds) {
      const { title, body } = letterTexts[language][kind]
      expect(title).toMatch(/\S/)
      for (const [, name = ''] of body.matchAll(/\{([^}]*)\}/g)) expect(letterPlaceholders as readonly string[]).toContain(name)
      expect(body === '').toBe(kind === 'prescription')
    }
  }
})
