import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { PlainDate } from '@yoman/domain/time'
import { en } from '../locales/en.ts'
import { he } from '../locales/he.ts'
import { dayFirst } from '../format.ts'

/** The one line of a receipt for part of a transaction invoice, in the language of the document; Arabic and Russian get English, as the document does. */
export const onAccountText = (language: 'he' | 'en' | 'ar' | 'ru', number: number): string =>
  language === 'he' ? `תשלום על חשבון חשבונית עסקה מס׳ ${number}` : `Payment on account of transaction invoice no. ${number}`

/** The one line of a receipt for money that came before its visit. */
const advanceText = (language: 'he' | 'en' | 'ar' | 'ru', visitOn: PlainDate): string =>
  language === 'he' ? `מקדמה על חשבון הביקור ביום ${dayFirst(visitOn)}` : `Advance for the visit of ${dayFirst(visitOn)}`

/** The one line of a receipt for money that comes in the stead of a cheque. */
const inSteadText = (language: 'he' | 'en' | 'ar' | 'ru', number: number): string =>
  language === 'he' ? `תשלום במקום השיק שבאישור מס׳ ${number}` : `Payment instead of the cheque of voucher no. ${number}`

/** What lines of money say, as the use cases ask for it. */
export const moneyText = { onAccount: onAccountText, ofAdvance: advanceText, inStead: inSteadText }

/** The one line of a voucher of a cheque that is gone. */
export const chequeText = (language: 'he' | 'en' | 'ar' | 'ru', state: 'returned' | 'withdrawn', chequeNumber: string, reason: string): string =>
  language === 'he' ? `שיק מס׳ ${chequeNumber} ${state === 'returned' ? 'חזר מהבנק' : 'הוחזר למטופל'}: ${reason}` : `Cheque no. ${chequeNumber} ${state === 'returned' ? 'returned by the bank' : 'given back'}: ${reason}`

/** The one line of a credit note for a part of a document's sum. */
export const creditText = (language: 'he' | 'en' | 'ar' | 'ru', kind: InvoiceKind, number: number): string =>
  language === 'he' ? `זיכוי חלקי של ${he.kinds[kind]} מס׳ ${number}` : `Part credit of ${en.kinds[kind].toLowerCase()} no. ${number}`

/** The one line of a refund. */
export const refundText = (language: 'he' | 'en' | 'ar' | 'ru', number: number): string =>
  language === 'he' ? `החזר לפי ${he.kinds[330]} מס׳ ${number}` : `Refund for ${en.kinds[330].toLowerCase()} no. ${number}`
