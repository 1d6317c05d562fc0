import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import type { CallAnswer } from '@yoman/domain/messages/call'
import { callTexts } from '../texts/call.ts'
import type { Language } from '../texts/text.ts'

/** Voices that the provider has for each language (https://www.twilio.com/docs/voice/twiml/say/text-speech); all four of one maker. */
const voices = {
  he: { language: 'he-IL', voice: 'Google.he-IL-Wavenet-A' },
  en: { language: 'en-US', voice: 'Google.en-US-Wavenet-F' },
  ar: { language: 'ar-XA', voice: 'Google.ar-XA-Wavenet-A' },
  ru: { language: 'ru-RU', voice: 'Google.ru-RU-Wavenet-A' },
} as const satisfies Record<Language, Parameters<VoiceResponse['say']>[0]>

/** Seconds of silence after the words until a call ends by itself. */
const waitsSeconds = 6

/** What a call says, as TwiML: the words and the digits, twice; a digit ends the speaking at once. @param action where a digit is posted. */
export function callScript(language: Language, words: string, action: string): string {
  const { menu, goodbye } = callTexts[language]
  const script = new VoiceResponse()
  const gather = gatherOf(script, action)
  for (const said of [words, menu]) gather.say(voices[language], said)
  gather.pause({ length: 1 })
  for (const said of [words, menu]) gather.say(voices[language], said)
  script.say(voices[language], goodbye)
  return script.toString()
}

/** What a call says back to a digit; one that was not understood may be pressed again. */
export function answerScript(language: Language, answer: CallAnswer, action: string): string {
  const { answers, menu, goodbye } = callTexts[language]
  const script = new VoiceResponse()
  script.say(voices[language], answers[answer])
  if (answer !== 'again') {
    script.hangup()
    return script.toString()
  }
  gatherOf(script, action).say(voices[language], menu)
  script.say(voices[language], goodbye)
  return script.toString()
}

const gatherOf = (script: VoiceResponse, action: string) => script.gather({ input: ['dtmf'], numDigits: 1, timeout: waitsSeconds, action, method: 'POST' })
