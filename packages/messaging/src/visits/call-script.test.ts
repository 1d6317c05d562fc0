import { wrongWord } from '@yoman/domain/messages/lint-text'
import { callAnswers } from '@yoman/domain/messages/call'
import { readReply } from '@yoman/domain/messages/read-reply'
import { instant } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'
import { callTexts } from '../texts/call.ts'
import { answerScript, callScript } from './call-script.ts'
import { composeVisitMessage } from './compose.ts'

const languages = ['he', 'en', 'ar', 'ru'] as const
const action = 'https://clinic.example/hooks/twilio/calls/0198/digits'
const visit = { patientFirstName: 'דנה', clinicName: 'מרפאת שקד', branchName: 'מרכז', practitionerName: 'ד״ר כהן', phone: '03-612-3456', startsAt: instant('2026-11-24T07:30:00Z'), zone: 'Asia/Jerusalem' }
const wordsIn = (language: (typeof languages)[number], over: Partial<typeof visit> = {}) => composeVisitMessage({ kind: 'reminder', channel: 'voice', language, own: null, visit: { ...visit, ...over } })
const voices = { he: ['he-IL', 'Google.he-IL'], en: ['en-US', 'Google.en-US'], ar: ['ar-XA', 'Google.ar-XA'], ru: ['ru-RU', 'Google.ru-RU'] } as const

describe('what a call says', () => {
  it.each([
    ['he', 'יום שלישי, 24 בנובמבר'], ['en', 'Tuesday 24 November'], ['ar', '24'], ['ru', 'вторник, 24 ноября'],
  ] as const)('in %s names the day in full, the hour and the clinic, and not whom the visit is with', (language, day) => {
    const { body, subject } = wordsIn(language)
    for (const value of [day, '09:30', visit.clinicName, visit.patientFirstName]) expect(body).toContain(value)
    expect(body).not.toContain(visit.practitionerName)
    expect(subject).toBe('')
  })

  it.each(languages)('in %s tells nothing of treatment or price, leaves no placeholder, and spells no link or sign', (language) => {
    const { reminder, nameless, menu, goodbye, answers } = callTexts[language]
    for (const text of [...Object.values(reminder), ...Object.values(nameless), menu, goodbye, ...Object.values(answers)]) expect(wrongWord('reminder', text), text).toBeNull()
    expect(wordsIn(language).body).not.toMatch(/[{}<>/\\_\u200e\u200f\u2066-\u2069]/)
    expect(Object.keys(answers).sort()).toEqual([...callAnswers].sort())
  })

  it.each(languages)('in %s leaves a name out where there is none that its voice can say', (language) => {
    const { body } = wordsIn(language, { patientFirstName: '', clinicName: '' })
    const { reminder, nameless } = callTexts[language]
    expect(body.startsWith(`${nameless.greeting} ${nameless.from} `)).toBe(true)
    expect(body).not.toMatch(/[{}]| [.,]|undefined/)
    expect(wordsIn(language, { patientFirstName: '' }).body).toContain(reminder.from.replace('{clinicName}', visit.clinicName))
  })

  it.each(languages)('in %s is said twice by a voice of the language, within a question for one key, and short enough', (language) => {
    const { body } = wordsIn(language)
    const script = callScript(language, body, action)
    const [locale, voice] = voices[language]
    const inside = /<Gather ([^>]*)>([\s\S]*)<\/Gather>/.exec(script)
    expect(inside?.[1]).toContain('numDigits="1"')
    expect(inside?.[1]).toContain(`action="${action}"`)
    expect(inside?.[2]?.split(body)).toHaveLength(3)
    expect(inside?.[2]?.split(callTexts[language].menu)).toHaveLength(3)
    expect([...script.matchAll(/<Say ([^>]*)>/g)].every(([, attributes]) => attributes?.includes(`language="${locale}"`) && attributes.includes(`voice="${voice}`))).toBe(true)
    expect(script.length).toBeLessThan(4_000)
  })

  it.each(languages)('in %s offers the keys that are understood', (language) => {
    expect([...callTexts[language].menu.matchAll(/\d/g)].map(([digit]) => readReply(digit, 'voice'))).toEqual(['confirm', 'cancel', 'move', 'stop'])
  })

  it('takes a name for words and never for a verb', () => {
    const script = callScript('en', wordsIn('en', { patientFirstName: '<Dial>&+972' }).body, action)
    expect(script).toContain('&lt;Dial&gt;&amp;+972')
    expect(script).not.toContain('<Dial>')
  })

  it('says no news: of a move or an offer there is no spoken text', () => {
    expect(() => composeVisitMessage({ kind: 'moved', channel: 'voice', language: 'he', own: null, visit })).toThrow('no text')
  })
})

describe('what it says back', () => {
  it.each(['confirmed', 'cancelled', 'kept', 'stopped'] as const)('to "%s" is one sentence, and the end', (answer) => {
    const script = answerScript('he', answer, action)
    expect(script).toContain(callTexts.he.answers[answer])
    expect(script).toContain('<Hangup/>')
    expect(script).not.toContain('<Gather')
  })

  it('to a key that means nothing asks again', () => {
    const script = answerScript('ru', 'again', action)
    expect(script).toContain(callTexts.ru.answers.again)
    expect(script).toContain('<Gather')
    expect(script).not.toContain('<Hangup/>')
  })
})
