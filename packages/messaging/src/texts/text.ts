import type { MessageKind } from '@yoman/domain/messages/template'

export type Language = 'he' | 'en' | 'ar' | 'ru'
export type Channel = 'sms' | 'email'

export interface Text {
  /** Empty for an SMS, which has none. */
  subject: string
  body: string
}

/** What carries a file travels by e-mail alone. */
export type EmailAlone = 'invoice' | 'statement'
export type SmsAlone = 'offer' | 'series_changed' | 'series_cancelled' | 'form'

/** Our words for every message in one language; a clinic may write its own instead. */
export interface Texts {
  sms: Record<Exclude<MessageKind, EmailAlone>, string>
  /** What needs to be heard within minutes travels by SMS alone. */
  email: Record<Exclude<MessageKind, SmsAlone>, Text>
  /** Names of the documents, as in a sentence. */
  documents: Record<'300' | '305' | '320' | '330' | '400' | '410', string>
}
