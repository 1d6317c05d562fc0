import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import type { Agorot } from '@yoman/domain/money/agorot'
import type { PlainDate } from '@yoman/domain/time'
import { dayFirst, fill, shekels } from '../format.ts'
import { wordsIn } from '../locales/in-language.ts'

/** Of an issued document: `invoice_line.description`. */
const longestLine = 200

/** The one line of a receipt for part of a transaction invoice, in the language of the document. */
export const onAccountText = (language: DocumentLanguage, number: number): string => fill(wordsIn[language].lines.onAccount, { number: String(number) })

/** The one line of a receipt for money that came before its visit. */
const advanceText = (language: DocumentLanguage, visitOn: PlainDate): string => fill(wordsIn[language].lines.advance, { date: dayFirst(visitOn) })

/** The one line of a receipt for money that comes in the stead of a cheque. */
const inSteadText = (language: DocumentLanguage, number: number): string => fill(wordsIn[language].lines.inStead, { number: String(number) })

/** A line of which somebody else pays the rest, with what all of it costs; no longer than a document's line may be. */
function partText(language: DocumentLanguage, { description, quantity }: { description: string; quantity: number }, total: Agorot): string {
  const { partOf } = wordsIn[language].lines
  const pieces = quantity === 1 ? '' : `${quantity} × `
  const worded = (line: string): string => fill(partOf, { line: `${pieces}${line}`, total: shekels(total) })
  return worded(cutTo(description, longestLine - worded('').length))
}

const cutTo = (line: string, length: number): string => (line.length <= length ? line : `${[...line].slice(0, length - 1).join('')}…`)

/** The one line of a transaction invoice for what another did not pay of one. */
const restText = (language: DocumentLanguage, number: number): string => fill(wordsIn[language].lines.restOf, { number: String(number) })

/** What lines of money say, as the use cases ask for it. */
export const moneyText = { onAccount: onAccountText, ofAdvance: advanceText, inStead: inSteadText, ofPart: partText, restOf: restText }

/** The one line of a voucher of a cheque that is gone. */
export function chequeText(language: DocumentLanguage, state: 'returned' | 'withdrawn', chequeNumber: string, reason: string): string {
  const { chequeReturned, chequeGivenBack } = wordsIn[language].lines
  return fill(state === 'returned' ? chequeReturned : chequeGivenBack, { number: chequeNumber, reason })
}

/** The one line of a credit note for a part of a document's sum. */
export function creditText(language: DocumentLanguage, kind: InvoiceKind, number: number): string {
  const { kinds, lines } = wordsIn[language]
  // Its name begins a line on its own, and stands within one here.
  return fill(lines.partCredit, { kind: language === 'en' ? kinds[kind].toLowerCase() : kinds[kind], number: String(number) })
}

/** The one line of a refund. */
export const refundText = (language: DocumentLanguage, number: number): string => fill(wordsIn[language].lines.refund, { number: String(number) })
