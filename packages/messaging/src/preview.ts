import { requireFitWords } from '@yoman/domain/messages/lint-text'
import { requireKnownPlaceholders, requireLink } from '@yoman/domain/messages/template'
import { Refusal } from '@yoman/domain/refusal'
import { composeSample, type Draft, inventedNames, inventedStart, type SampleClinic } from './sample.ts'
import { smsLength, type SmsLength } from './sms-length.ts'
import type { Text } from './texts/text.ts'

/** More parts than this is a letter, and costs like one. */
export const mostSmsParts = 5

export interface Preview extends Text {
  /** Null for e-mail. */
  sms: SmsLength | null
}

/**
 * How a text would look to an invented patient of the clinic, and what it would cost. Refuses
 * `template_placeholder_unknown`, `template_link_missing`, `template_word_clinical`, `template_word_promotion`, `template_word_answer`, and `template_too_long` for an SMS of more than `mostSmsParts`.
 */
export function previewText(draft: Draft, clinic: SampleClinic): Preview {
  requireKnownPlaceholders(draft.kind, draft.subject)
  requireKnownPlaceholders(draft.kind, draft.body)
  requireLink(draft.kind, draft.body)
  requireFitWords(draft.kind, `${draft.subject}\n${draft.body}`)
  const text = composeSample(draft, clinic, inventedNames[draft.language], inventedStart)
  const sms = draft.channel === 'sms' ? smsLength(text.body) : null
  if (sms && sms.parts > mostSmsParts) throw new Refusal('template_too_long', { parts: sms.parts, most: mostSmsParts })
  return { ...text, sms }
}
