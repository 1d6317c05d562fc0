import type { ShownPlan } from '@yoman/domain/plans/shown'
import { documentLanguages } from '@yoman/domain/plans/shown'
import { plainDate } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'
import { withoutControls } from '../bidi.ts'
import { drawSheet } from '../sheets/draw.ts'
import { planSheet, type PlanSignature } from './model.ts'
import { planDeclaration } from './words.ts'

const shownIn = (language: ShownPlan['language'], items = 2): ShownPlan => ({
  form: 1, planId: 'p', edition: 2, language, title: 'שיקום צד שמאל', clinic: { name: 'מרפאת הדר', legalName: 'הדר רפואת שיניים בע״מ', vatNumber: '514777715', address: 'דיזנגוף 99, תל אביב', phone: '+97236123456' },
  patient: { name: 'שרה כהן', birthDate: '1980-02-03' }, doctor: 'ד״ר אבן',
  phases: [
    { title: 'דחוף', items: [{ description: 'טיפול שורש', tooth: '36', surfaces: '', quantity: 1, leastAgorot: 120_000, mostAgorot: 160_000 }], leastAgorot: 120_000, mostAgorot: 160_000 },
    { title: '', items: Array.from({ length: items }, () => ({ description: 'סתימה לבנה (MOD)', tooth: '16', surfaces: 'MOL', quantity: 2, leastAgorot: 90_000, mostAgorot: 90_000 })), leastAgorot: 180_000, mostAgorot: 180_000 },
  ],
  total: { leastAgorot: 300_000, mostAgorot: 340_000 }, declaration: planDeclaration(language),
})
const signature: PlanSignature = { name: 'שרה כהן', signer: 'patient', strokes: [[[10, 20], [500, 300]], [[700, 100]]], signedOn: plainDate('2026-11-22'), signedAtMs: 1_795_000_000_000, hash: 'ab'.repeat(32), witness: 'רותי' }
const day = { on: plainDate('2026-12-01'), atMs: 1_796_000_000_000 }

describe('a treatment plan on paper', () => {
  it('says in Hebrew what was agreed, for whom, for how much, and who signed before whom', () => {
    const sheet = planSheet(shownIn('he'), signature)
    const texts = sheet.parts.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : part.kind === 'total' ? [part.label, part.value] : part.kind === 'signature' ? [...part.lines, ...part.small] : [part.text])).map(withoutControls)
    expect(sheet).toMatchObject({ direction: 'rtl', heading: 'תוכנית טיפול' })
    expect(withoutControls(sheet.subheading)).toBe('מהדורה 2')
    expect(sheet.letterhead.lines.map(withoutControls)).toEqual(['הדר רפואת שיניים בע״מ', 'עוסק מורשה 514777715', 'דיזנגוף 99, תל אביב', 'טלפון 03-612-3456'])
    expect(texts).toEqual(expect.arrayContaining(['שלב 1: דחוף', 'שלב 2', '36', '16 MOP', 'טיפול שורש', '₪1,200.00 עד ₪1,600.00', '₪900.00', '₪3,000.00 עד ₪3,400.00', 'חתימת המטופל/ת: שרה כהן', 'נחתם ביום 22/11/2026', 'בנוכחות רותי', `טביעת המסמך: ${'ab'.repeat(32)}`]))
    expect(sheet.facts.map(({ value }) => withoutControls(value))).toEqual(['שרה כהן', '22/11/2026', '03/02/1980', 'ד״ר אבן'])
  })

  it('says of one that nobody signed that nobody did, on the day it is printed', () => {
    const sheet = planSheet(shownIn('en'), day)
    expect(withoutControls(sheet.subheading)).toBe('Edition 2 · not signed yet')
    expect(sheet.facts.map(({ value }) => withoutControls(value))).toContain('01/12/2026')
    expect(sheet.parts.at(-1)).toMatchObject({ kind: 'signature', strokes: [], small: [] })
  })

  it.each(documentLanguages)('is drawn in %s, from the same data the same bytes', async (language) => {
    const draw = () => drawSheet(planSheet(shownIn(language), signature))
    const pdf = await draw()
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.equals(await draw())).toBe(true)
    expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|JS|URI|Launch|EmbeddedFile|OpenAction|AA)\b/)
  })

  it('shows the hand that signed: another drawing is another paper', async () => {
    const other = { ...signature, strokes: [[[10, 20], [400, 310]]] as const } as unknown as PlanSignature
    const [one, two] = await Promise.all([signature, other].map((each) => drawSheet(planSheet(shownIn('he'), each))))
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(false)
  })

  it('goes on over pages where it is long', async () => {
    const pages = async (items: number): Promise<number> => [...(await drawSheet(planSheet(shownIn('he', items), signature))).toString('latin1').matchAll(/\/Type \/Page\b/g)].length
    expect(await pages(2)).toBe(1)
    expect(await pages(60)).toBeGreaterThan(2)
  })
})
