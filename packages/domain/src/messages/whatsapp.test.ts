import { describe, expect, it } from 'vitest'
import { asFiled, filledTemplate, requireFitForWhatsapp, variablesOf, withLinkIn } from './whatsapp.ts'

const body = 'שלום {patientFirstName}, תזכורת לתור ב{clinicName} ביום {date} בשעה {time}. לאישור: {link} או בטלפון {phone} של {clinicName}, בכל שעות הפעילות'
const values = { patientFirstName: 'נועה', clinicName: 'מרפאת\nשקד', date: 'יום ב׳, 23.11', time: '09:30', phone: '', link: 'not this' }

describe('an approved template', () => {
  it('is filed with numbers, one for each placeholder however often it stands there, and a link of which only the end varies', () => {
    expect(asFiled(body, 'https://clinic.example/')).toBe('שלום {{1}}, תזכורת לתור ב{{2}} ביום {{3}} בשעה {{4}}. לאישור: https://clinic.example/{{5}} או בטלפון {{6}} של {{2}}, בכל שעות הפעילות')
  })

  it('is filled by the same numbers, each on one line and none empty', () => {
    expect(variablesOf(body, values)).toEqual({ 1: 'נועה', 2: 'מרפאת שקד', 3: 'יום ב׳, 23.11', 4: '09:30', 5: '{link}', 6: '–' })
    expect(variablesOf('a {patientFirstName} b', { patientFirstName: 'x'.repeat(400) })['1']).toHaveLength(250)
  })

  it('reads as the patient reads it, and loses no line for want of a value', () => {
    expect(filledTemplate(`${body}\nטלפון {phone}.`, values)).toBe('שלום נועה, תזכורת לתור במרפאת שקד ביום יום ב׳, 23.11 בשעה 09:30. לאישור: {link} או בטלפון – של מרפאת שקד, בכל שעות הפעילות\nטלפון –.')
  })

  it('takes the link when it leaves, without the part that stands in the approved text', () => {
    expect(withLinkIn({ 1: 'נועה', 2: '{link}' }, 'https://clinic.example/v/abc', 'https://clinic.example/')).toEqual({ 1: 'נועה', 2: 'v/abc' })
  })
})

describe('a text that Meta or the law would not take', () => {
  it.each([
    ['{clinicName}: תור ב{date} בשעה {time} אצלנו', 'whatsapp_text_edge'],
    ['תזכורת לתור ב{date} בשעה {time}.', 'whatsapp_text_edge'],
    ['תזכורת לתור ב{date} {time} אצלנו', 'whatsapp_text_crowded'],
    ['תזכורת לסתימה ב{date} אצלנו', 'template_word_clinical'],
    ['תזכורת ב{date}, יש גם מבצע אצלנו', 'template_word_promotion'],
    ['תזכורת ב{date} אצל {treatment} שלנו', 'template_placeholder_unknown'],
  ])('%s is refused', (text, code) => {
    expect(() => requireFitForWhatsapp(text)).toThrow(code)
  })

  it('and one that they take is not', () => {
    expect(() => requireFitForWhatsapp(body)).not.toThrow()
  })
})
