import type { VatDocument as VatDocumentBody, VatReport as VatReportBody } from '@yoman/contract/registers'
import type { VatDocument } from '@yoman/db/registers/vat'
import { en } from '@yoman/documents/locales/en'
import { he } from '@yoman/documents/locales/he'
import { namedSales, pcn874, privateSales } from '@yoman/documents/registers/pcn874'
import { vatSheet } from '@yoman/documents/registers/vat'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { dateIn } from '@yoman/domain/time'
import { allVatDocuments, readVatFile, readVatReport, type VatRequest, type WholeVatReport } from '@yoman/use-cases/registers/vat'
import type { RequestContext } from '../http/handler.ts'
import { registerLine, utf8Mark } from './csv.ts'
import { frameOf, readingRegister } from './frame.ts'

export const presentVatReport = ({ from, to, rates, sums, kinds, otherBusiness }: WholeVatReport): VatReportBody => ({ from: from.toString(), to: to.toString(), rates, sums, kinds, otherBusiness })

export const presentVatDocument = ({ id, kind, number, issuedOn, payer, vatBasisPoints, net, vat, total }: VatDocument): VatDocumentBody => ({
  id, kind, number, issuedOn: issuedOn.toString(), payer, vatBasisPoints, netAgorot: net, vatAgorot: vat, totalAgorot: total,
})

const fileName = ({ from, to }: WholeVatReport): string => `vat ${from.toString().slice(0, 7)}${from.month === to.month ? '' : ` ${to.toString().slice(0, 7)}`}`

/** The report as a PDF, with every credit note: the accountant looks for its acknowledgement. */
export async function vatPdf(ctx: RequestContext, { language, ...request }: VatRequest & { language: 'he' | 'en' }) {
  const report = await readVatReport(ctx, request)
  readingRegister(ctx, 'vat', report.from, report.to)
  const credits: VatDocument[] = []
  for await (const page of allVatDocuments(ctx, { ...request, kind: '330' })) credits.push(...page)
  return { name: `${fileName(report)}.pdf`, body: await drawSheet(vatSheet(frameOf(ctx, report, language, report.from, report.to), report, credits)) }
}

/** The sales as the Tax Authority's detailed report. */
export async function vatFile(ctx: RequestContext, { credits, ...request }: VatRequest & { credits: boolean }) {
  const report = await readVatFile(ctx, request)
  readingRegister(ctx, 'pcn874', report.from, report.to)
  const ofDealers: VatDocument[] = []
  for await (const page of allVatDocuments(ctx, request)) ofDealers.push(...page.filter(({ dealerNumber, vatBasisPoints }) => dealerNumber !== '' && vatBasisPoints > 0))
  const { named, rest } = namedSales(ofDealers, report.sums, credits)
  const text = pcn874({ dealer: report.business.vatNumber, to: report.to, madeOn: dateIn(report.zone, ctx.now), sales: [...named, ...privateSales(rest, report.to, credits)] })
  return { name: 'PCN874.TXT', body: Buffer.from(text, 'ascii') }
}

const headings = {
  he: ['מסמך', 'מספר', 'תאריך', 'לקוח/ה', 'שיעור מע״מ', 'ללא מע״מ', 'מע״מ', 'סה״כ'],
  en: ['Document', 'Number', 'Date', 'Customer', 'VAT rate', 'Without VAT', 'VAT', 'Total'],
} as const
const locales = { he, en }

/** The documents behind a report; sums in shekels, those of credits below nothing, no cell that a spreadsheet would run. */
export async function* vatCsv(pages: AsyncIterable<readonly VatDocument[]>, language: 'he' | 'en'): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${utf8Mark}${registerLine(headings[language])}`)
  for await (const page of pages) yield Buffer.from(page.map((one) => registerLine(cellsOf(one, language))).join(''))
}

const cellsOf = ({ kind, number, issuedOn, payer, vatBasisPoints, ...sums }: VatDocument, language: 'he' | 'en'): (string | number)[] => [
  locales[language].kinds[kind], String(number), issuedOn.toString(), payer, `${vatBasisPoints / 100}%`, ...[sums.net, sums.vat, sums.total].map((sum) => (kind === '330' ? -sum : sum)),
]
