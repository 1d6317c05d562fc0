import { previewText } from './preview.ts'
import { ourText } from './texts/ours.ts'
import type { Channel, Language } from './texts/text.ts'

interface Written {
  own: readonly { kind: string; channel: Channel; language: Language; subject: string; body: string }[]
  sender: { name: string; branchName: string; phone: string }
}

/** How many SMS parts a clinic's reminder has in each language, by a patient and names of usual length: what the preview of the texts says. */
export function partsOfReminder({ own, sender }: Written): (language: Language) => number {
  const known = new Map<Language, number>()
  return (language) => {
    const parts = known.get(language) ?? partsIn(language, own, sender)
    known.set(language, parts)
    return parts
  }
}

function partsIn(language: Language, own: Written['own'], { name, branchName, phone }: Written['sender']): number {
  const text = own.find((one) => one.kind === 'reminder' && one.channel === 'sms' && one.language === language) ?? ourText('reminder', 'sms', language)
  if (!text) throw new RangeError(`no reminder by SMS in ${language}`)
  return previewText({ kind: 'reminder', channel: 'sms', language, subject: text.subject, body: text.body }, { clinicName: name, branchName, phone }).sms?.parts ?? 1
}
