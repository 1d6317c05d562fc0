import type { MessageKind } from '@yoman/domain/messages/template'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { he } from './he.ts'
import { ru } from './ru.ts'
import type { Channel, EmailAlone, Language, SmsAlone, Text, Texts } from './text.ts'

export const texts: Record<Language, Texts> = { he, en, ar, ru }

/** The text we ship; null where there is none: an invoice or a statement is a file and travels by e-mail alone, an offer or a changed series by SMS alone. */
export function ourText(kind: MessageKind, channel: Channel, language: Language): Text | null {
  if (channel === 'email') return isSmsAlone(kind) ? null : texts[language].email[kind]
  return isEmailAlone(kind) ? null : { subject: '', body: texts[language].sms[kind] }
}

const isSmsAlone = (kind: MessageKind): kind is SmsAlone => kind === 'offer' || kind === 'series_changed' || kind === 'series_cancelled' || kind === 'form'
const isEmailAlone = (kind: MessageKind): kind is EmailAlone => kind === 'invoice' || kind === 'statement'
