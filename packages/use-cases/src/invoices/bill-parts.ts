import { creditsOfRequest } from '@yoman/db/invoices/advance'
import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { loadVatRates } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import { amountOf, type LinePart, type PartedBill } from '@yoman/domain/invoices/payer-parts'
import { issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { aboutVisit } from './around-documents.ts'
import { linesOfPart } from './billed-lines.ts'
import type { MoneyText } from './take-advance.ts'
import { writeDocument } from './write-document.ts'

type Line = VisitBill['lines'][number]

/** Asks everybody who pays a part of a visit, and was not asked, or got all of it credited, by a transaction invoice (300) each. A part that comes to nothing asks for nothing. */
export async function billParts(tx: Tx, ctx: Context, bill: VisitBill, parts: PartedBill<Line>['parts'], text: MoneyText): Promise<void> {
  const open = parts.flatMap(({ organisationId, lines }) => {
    const part = bill.parts.find((one) => one.organisationId === organisationId)
    return part && amountOf(lines) > 0 && (part.invoiceId === null || part.credited) ? [{ organisationId, lines, before: part.invoiceId }] : []
  })
  if (open.length === 0) return
  const [vatRates, taxPoint] = [await loadVatRates(tx), dateIn(bill.zone, ctx.now)]
  for (const { organisationId, lines, before } of open) {
    const theirs = await loadVisitBill(tx, bill.appointmentId, { madeOutTo: organisationId })
    if (!theirs) throw new Error('a visit that is held has a bill')
    const named = linesOfPart(inWordsOf(theirs, lines), (...line) => text.ofPart(theirs.language, ...line))
    const { last } = before === null ? { last: undefined } : await creditsOfRequest(tx, before)
    const draft = { ...issueForVisit({ lines: named, payments: [], vatRates, taxPoint }), basedOn: last ? { kind: '330' as const, ...last } : null }
    await writeDocument(tx, ctx, draft, { ...aboutVisit(theirs, last?.id ?? null), payerPart: true, ...(last && before !== null ? { insteadOfId: before } : {}) })
  }
}

/** The same pieces of the same lines, in the language of another. */
const inWordsOf = (theirs: VisitBill, lines: readonly LinePart<Line>[]): LinePart<Line>[] => lines.map(({ line, amount }, at) => ({ amount, line: { ...line, description: theirs.lines[at]?.description ?? line.description } }))
