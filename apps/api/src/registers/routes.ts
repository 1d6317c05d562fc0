import type { registerRoutes } from '@yoman/contract/registers'
import { dayBookSheet } from '@yoman/documents/registers/day-book'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { plainDate } from '@yoman/domain/time'
import { readDayBook } from '@yoman/use-cases/registers/day-book'
import { allVatDocuments, pageOfVatDocuments, readVatReport } from '@yoman/use-cases/registers/vat'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { dayBookCsv, presentDayBook } from './day-book.ts'
import { frameOf, readingRegister } from './frame.ts'
import { presentVatDocument, presentVatReport, vatCsv, vatFile, vatPdf } from './vat.ts'

export const registerHandlers = {
  'GET /registers/day-book': async (ctx, { query }) => presentDayBook(await readDayBook(ctx, asked(query))),

  'GET /registers/day-book/pdf': async (ctx, { query }) => {
    const book = await takenDayBook(ctx, query)
    return { name: `day-book ${query.day}.pdf`, body: await drawSheet(dayBookSheet(frameOf(ctx, book, query.language, book.day, book.day), book)) }
  },

  'GET /registers/day-book/csv': async (ctx, { query }) => ({ name: `day-book ${query.day}.csv`, body: dayBookCsv(query.language, await takenDayBook(ctx, query)) }),

  'GET /registers/vat': async (ctx, { query }) => presentVatReport(await readVatReport(ctx, query)),

  'GET /registers/vat/documents': async (ctx, { query }) => {
    const { items, next } = await pageOfVatDocuments(ctx, query)
    return { items: items.map(presentVatDocument), next }
  },

  'GET /registers/vat/pdf': (ctx, { query }) => vatPdf(ctx, query),

  'GET /registers/vat/csv': async (ctx, { query: { language, ...request } }) => {
    const { from, to } = await readVatReport(ctx, request)
    readingRegister(ctx, 'vat', from, to)
    return { name: `vat ${request.month}.csv`, body: vatCsv(allVatDocuments(ctx, request), language) }
  },

  'GET /registers/vat/pcn874': (ctx, { query }) => vatFile(ctx, query),
} satisfies Handlers<keyof typeof registerRoutes>

interface DayQuery {
  day: string
  branchId?: string
}

const asked = ({ day, branchId }: DayQuery) => ({ day: plainDate(day), ...(branchId === undefined ? {} : { branchId }) })

async function takenDayBook(ctx: RequestContext, query: DayQuery) {
  const book = await readDayBook(ctx, asked(query))
  readingRegister(ctx, 'day_book', book.day, book.day, query.branchId)
  return book
}
