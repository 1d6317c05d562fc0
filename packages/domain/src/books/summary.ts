import type { Agorot } from '../money/agorot.ts'
import { type InvoiceKind, invoiceKinds } from '../invoices/invoice.ts'
import { accountRoles, type AccountRole } from './accounts.ts'
import type { BookDocument } from './book-document.ts'
import { journalOf } from './journal.ts'

/** What an export holds, as the screen at its end must tell it (uniform file 1.31, appendix 4 and section 2.6). */
export interface BookSummary {
  /** How many records of each type the uniform file has. */
  records: Record<'A100' | 'B100' | 'B110' | 'C100' | 'D110' | 'D120' | 'Z900', number>
  /** Each kind of document, also those that did not occur. */
  kinds: { kind: InvoiceKind; count: number; totalAgorot: Agorot }[]
  /** The trial balance of what the documents moved. */
  accounts: { role: AccountRole; debitAgorot: Agorot; creditAgorot: Agorot }[]
  /** What the VAT return asks of sales, by the rate of the documents. */
  vat: VatSums[]
}

/**
 * Tax invoices and credits apart: a credit reduces VAT only once its acknowledgement by the customer is kept (bookkeeping rules
 * §23א(3)), which only the accountant can tell. Agorot, none below nothing; the return itself is rounded to shekels.
 */
export interface VatSums {
  basisPoints: number
  netAgorot: Agorot
  vatAgorot: Agorot
  credits: number
  creditNetAgorot: Agorot
  creditVatAgorot: Agorot
}

/** Which documents carry VAT, and which way: a request for payment (300), a receipt (400) and a refund (410) declare none (VAT Law §24, §29). */
const taxed: Partial<Record<InvoiceKind, 'sale' | 'credit'>> = { '305': 'sale', '320': 'sale', '330': 'credit' }

/** Counts documents as they pass. The writer counts by itself, and the two must agree. */
export function countBooks(): { add(document: BookDocument): void; end(): BookSummary } {
  const records = { A100: 1, B100: 0, B110: 0, C100: 0, D110: 0, D120: 0, Z900: 1 }
  const kinds = invoiceKinds.map((kind) => ({ kind, count: 0, totalAgorot: 0 }))
  const accounts = accountRoles.map((role) => ({ role, debitAgorot: 0, creditAgorot: 0 }))
  const rates = new Map<number, VatSums>()
  const customers = new Set<string>()
  return {
    add(document) {
      const of = kinds.find(({ kind }) => kind === document.kind)
      if (!of) throw new RangeError(`not a kind of document: ${document.kind}`)
      of.count += 1
      of.totalAgorot += document.total
      const journal = journalOf(document)
      for (const line of journal) {
        const account = accounts[accountRoles.indexOf(line.account)]
        if (!account) throw new RangeError(`not an account: ${line.account}`)
        account.debitAgorot += line.debit
        account.creditAgorot += line.credit
      }
      if (taxed[document.kind]) rates.set(document.vatBasisPoints, withVat(rates.get(document.vatBasisPoints), document))
      records.C100 += 1
      records.D110 += document.lines.length
      records.D120 += document.payments.length
      records.B100 += journal.length
      customers.add(document.customer.key)
    },
    end: () => ({ records: { ...records, B110: accountRoles.length - 1 + customers.size }, kinds, accounts, vat: [...rates.values()].sort((a, b) => b.basisPoints - a.basisPoints) }),
  }
}

function withVat(before: VatSums | undefined, { kind, vatBasisPoints: basisPoints, net, vat }: BookDocument): VatSums {
  const sums = before ?? { basisPoints, netAgorot: 0, vatAgorot: 0, credits: 0, creditNetAgorot: 0, creditVatAgorot: 0 }
  return taxed[kind] === 'credit'
    ? { ...sums, credits: sums.credits + 1, creditNetAgorot: sums.creditNetAgorot + net, creditVatAgorot: sums.creditVatAgorot + vat }
    : { ...sums, netAgorot: sums.netAgorot + net, vatAgorot: sums.vatAgorot + vat }
}
