import { Refusal } from '@yoman/domain/refusal'
import { requireFitWords } from '@yoman/domain/messages/lint-text'
import { linkPlace, placeholders, requireKnownPlaceholders, type MessageKind } from '@yoman/domain/messages/template'
import { instant } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'
import { headerText, isMailAddress } from './address.ts'
import { escapeHtml, htmlOf } from './email/layout.ts'
import { composeInvoiceMessage, invoiceFileName } from './invoices/compose.ts'
import { composeOfferMessage } from './offers/compose.ts'
import { previewText } from './preview.ts'
import { smsLength } from './sms-length.ts'
import { ourText } from './texts/ours.ts'
import type { Channel, Language } from './texts/text.ts'
import { dateText, moneyText, phoneText, timeText } from './values.ts'
import { composeVisitMessage, type VisitMessage } from './visits/compose.ts'

const languages: Language[] = ['he', 'en', 'ar', 'ru']
const kinds = Object.keys(placeholders) as MessageKind[] // exactly its keys
const ofVisit = kinds.filter((kind) => kind === 'reminder' || kind === 'booked' || kind === 'moved' || kind === 'cancelled')
const channels: Channel[] = ['sms', 'email']
const clinic = { clinicName: 'מרפאת השיניים כהן', branchName: 'סניף דיזנגוף', phone: '+97236123456' }
const message = (over: Partial<VisitMessage> = {}): VisitMessage => ({
  kind: 'reminder', channel: 'sms', language: 'he', own: null,
  visit: { ...clinic, patientFirstName: 'נועה', practitionerName: 'ד״ר מיכל לוי', startsAt: instant('2026-11-23T08:30:00Z'), zone: 'Asia/Jerusalem' }, ...over,
})

describe('our texts', () => {
  it('know only placeholders of their kind, in every language', () => {
    for (const language of languages) for (const kind of kinds) for (const channel of channels) {
      const text = ourText(kind, channel, language)
      if (!text) continue
      expect(() => requireKnownPlaceholders(kind, `${text.subject} ${text.body}`), `${language} ${kind} ${channel}`).not.toThrow()
    }
    expect(ourText('invoice', 'sms', 'he')).toBeNull()
  })

  it('offer no word as an answer that would stop all messages, and pass what the texts of clinics have to pass', () => {
    for (const language of languages) for (const kind of kinds) for (const channel of channels) {
      const text = ourText(kind, channel, language)
      if (text) expect(() => requireFitWords(kind, `${text.subject}\n${text.body}`), `${language} ${kind} ${channel}`).not.toThrow()
    }
  })

  it('leave no brace open, name the clinic, the day and the hour, and cost two parts at most', () => {
    for (const language of languages) for (const kind of ofVisit) {
      const { body } = composeVisitMessage(message({ kind, language, visit: { ...message().visit, practitionerName: language === 'en' ? 'Dr Michal Levi' : 'ד״ר מיכל לוי' } }))
      expect(body.match(/[{][^}]*[}]/g) ?? [], `${language} ${kind}`).toEqual(kind === 'cancelled' ? [] : [linkPlace])
      expect(body).toContain(clinic.clinicName)
      expect(body).toContain('10:30')
      const sent = body.replace(linkPlace, 'https://clinic.example/v/Yh3kQ0vT8mXnB5cR7dWzLA')
      expect(smsLength(sent).parts, `${language} ${kind}: ${sent}`).toBeLessThanOrEqual(2)
    }
  })

  it('never say CANCEL or STOP, which would unsubscribe whoever answers with it', () => {
    for (const language of languages) for (const kind of ofVisit) expect(ourText(kind, 'sms', language)?.body).not.toMatch(/\b(CANCEL|STOP|END|QUIT)\b/)
  })
})

it.each(['sms', 'email'] as const)('every text of ours about a visit ahead carries its link, by %s in every language', (channel) => {
  for (const language of languages) for (const kind of ['reminder', 'booked', 'moved'] as const) expect(ourText(kind, channel, language)?.body, `${kind} ${language}`).toContain(linkPlace)
})

describe('an offer of a place', () => {
  it('names the clinic, the day, the hour and until when, keeps the place of its link, and costs three parts at most with it', () => {
    for (const language of languages) {
      const practitionerName = language === 'en' ? 'Dr Michal Levi' : 'ד״ר מיכל לוי'
      const { body } = composeOfferMessage({ language, own: null, ...clinic, patientFirstName: 'נועה', practitionerName, startsAt: instant('2026-11-23T08:30:00Z'), until: instant('2026-11-22T07:15:00Z'), zone: 'Asia/Jerusalem' })
      expect(body).toContain(clinic.clinicName)
      expect(body).toContain('10:30')
      expect(body).toContain('09:15')
      expect(body.match(/[{][^}]*[}]/g)).toEqual([linkPlace])
      expect(smsLength(body.replace(linkPlace, 'https://clinic.example/o/Yh3kQ0vT8mXnB5cR7dWzLA')).parts, `${language}: ${body}`).toBeLessThanOrEqual(3)
      expect(body).not.toMatch(/\b(CANCEL|STOP|END|QUIT)\b/)
    }
    expect(ourText('offer', 'email', 'he')).toBeNull()
  })

  it('written by the clinic itself needs its link', () => {
    const draft = { kind: 'offer' as const, channel: 'sms' as const, language: 'he' as const, subject: '', body: 'התפנה תור ב{date}' }
    expect(() => previewText(draft, clinic)).toThrow('template_link_missing')
    expect(previewText({ ...draft, body: 'התפנה תור: {link}' }, clinic).body).toMatch(/^התפנה תור: https:/)
  })
})

describe('a message about a visit', () => {
  it('speaks of the hour on the branch\'s wall, over a change of clocks too', () => {
    expect(composeVisitMessage(message()).body).toBe(
      'מרפאת השיניים כהן: נועה, תור ביום ב׳, 23.11 ב-10:30, ד״ר מיכל לוי\nלאישור או לשינוי: {link}',
    )
    expect(timeText(instant('2027-03-25T22:30:00Z'), 'Asia/Jerusalem', 'he')).toBe('00:30')
    expect(dateText(instant('2027-03-25T22:30:00Z'), 'Asia/Jerusalem', 'en')).toMatch(/^Fri,? 26 Mar$/) // the comma depends on Node's version
    expect(timeText(instant('2027-03-26T08:30:00Z'), 'Asia/Jerusalem', 'ru')).toBe('11:30')
    expect(timeText(instant('2027-10-31T08:30:00Z'), 'Asia/Jerusalem', 'ar')).toBe('10:30')
  })

  it('uses the clinic\'s own words, literally', () => {
    const own = { subject: '', body: '{patientFirstName} {{constructor}} ${7*7} {clinicName}' }
    expect(composeVisitMessage(message({ own, visit: { ...message().visit, patientFirstName: '{phone}' } })).body).toBe('{phone} {{constructor}} ${7*7} מרפאת השיניים כהן')
  })

  it('leaves out the phone where there is none', () => {
    expect(composeVisitMessage(message({ kind: 'cancelled', visit: { ...message().visit, phone: '' } })).body).not.toContain('טלפון')
  })

  it('keeps a name on one line and in its own direction', () => {
    const { body } = composeVisitMessage(message({ visit: { ...message().visit, patientFirstName: 'Dana\u202e\r\nhttp://x' } }))
    expect(body).toContain(': Dana http://x,')
  })
})

describe('a message with an invoice', () => {
  it('names the document, its number and its sum', () => {
    const text = composeInvoiceMessage({ language: 'he', own: null, patientFirstName: 'נועה', ...clinic, document: { kind: '320', number: 1024, total: 123_456 } })
    expect(text.subject).toBe('חשבונית מס / קבלה 1024 – מרפאת השיניים כהן')
    expect(text.body).toContain('בקובץ המצורף: חשבונית מס / קבלה מספר 1024 על סך \u200e₪1,234.56\u200e.')
    expect(invoiceFileName({ kind: '320', number: 1024 })).toBe('invoice-320-1024.pdf')
  })

  it('is complete in every language', () => {
    for (const language of languages) {
      const { subject, body } = composeInvoiceMessage({ language, own: null, patientFirstName: 'Noa', ...clinic, document: { kind: '300', number: 7, total: 100 } })
      expect(`${subject} ${body}`).not.toMatch(/[{}]/)
      expect(body).toContain('₪1.00')
    }
  })
})

describe('the preview of a clinic\'s own text', () => {
  const draft = { kind: 'reminder', channel: 'sms', language: 'he', subject: '' } as const

  it('tells what it costs', () => {
    expect(previewText({ ...draft, body: 'שלום {patientFirstName}' }, clinic)).toEqual({ subject: '', body: 'שלום נועה', sms: { characters: 9, parts: 1, encoding: 'UCS-2' } })
    expect(previewText({ ...draft, channel: 'email', subject: '{date}', body: 'x' }, clinic).sms).toBeNull()
    expect(previewText({ ...draft, kind: 'invoice', channel: 'email', body: '{total}' }, clinic).body).toBe('\u200e₪350.00\u200e')
  })

  it('refuses unknown words and a text that is too long', () => {
    const code = (body: string): string => {
      try {
        return previewText({ ...draft, body }, clinic).body
      } catch (error) {
        if (error instanceof Refusal) return error.code
        throw error
      }
    }
    expect(code('{treatment}')).toBe('template_placeholder_unknown')
    expect(code('א'.repeat(67 * 5))).toBe('א'.repeat(67 * 5))
    expect(code('א'.repeat(67 * 5 + 1))).toBe('template_too_long')
  })
})

describe('the length of an SMS', () => {
  it.each([['a'.repeat(160), 1], ['a'.repeat(161), 2], ['a'.repeat(307), 3], ['א'.repeat(70), 1], ['א'.repeat(71), 2], ['א'.repeat(134), 2], ['א'.repeat(135), 3], ['a₪', 1]])('counts parts as the network does (%#)', (text, parts) => {
    expect(smsLength(text).parts).toBe(parts)
  })

  it('knows what turns a text to two bytes a letter', () => {
    expect([smsLength('Hello').encoding, smsLength('5 ₪').encoding, smsLength('it’s').encoding]).toEqual(['GSM-7', 'UCS-2', 'UCS-2'])
  })
})

it('writes phones and sums so that no direction can turn them', () => {
  expect(phoneText('+972501234567', 'en')).toBe('050-123-4567')
  expect(phoneText('03-6123456', 'ar')).toBe('\u200e03-612-3456')
  expect(phoneText('*2323', 'en')).toBe('*2323')
  expect(phoneText('', 'he')).toBe('')
  expect(moneyText(5, 'ru')).toBe('₪0.05')
})

it('knows an address of mail from what only looks like one', () => {
  for (const good of ['dana@example.com', "o'neil+x@a-b.co.il", `${'a'.repeat(64)}@example.com`]) expect(isMailAddress(good), good).toBe(true)
  for (const bad of ['', '@', 'a@b', 'a b@example.com', 'a@example..com', 'a@-x.com', '.a@x.com', 'a..b@x.com', 'דנה@example.com', 'a@x.com,b@x.com', 'a@x.com\n', '"a"@x.com', `${'a'.repeat(65)}@x.com`]) {
    expect(isMailAddress(bad), bad).toBe(false)
  }
})

it('makes header text of one line', () => {
  expect(headerText('  a\r\n\u2028b\u202e ')).toBe('a b')
  expect(headerText('😀'.repeat(200))).toBe('😀'.repeat(120))
})

describe('the page of an e-mail', () => {
  it('runs nothing and fetches nothing, whatever was typed', () => {
    const html = htmlOf({ subject: '</title><script>1</script>', body: '<img src=x onerror=alert(1)>\n"><svg/onload=1>&amp;' }, 'he', '<b>"x"</b>')
    expect(html).not.toMatch(/<(script|img|svg|b|a|link|iframe)\b/i)
    expect(html).not.toMatch(/https?:|url\(/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(escapeHtml(`&<>"'`)).toBe('&amp;&lt;&gt;&quot;&#39;')
  })

  it('runs in the direction of its language', () => {
    expect(htmlOf({ subject: '', body: 'x' }, 'ar', 'x')).toContain('<html lang="ar" dir="rtl">')
    expect(htmlOf({ subject: '', body: 'x' }, 'ru', 'x')).toContain('<html lang="ru" dir="ltr">')
  })
})
