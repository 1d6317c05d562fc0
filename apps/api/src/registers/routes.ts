import type { registerRoutes } from '@yoman/contract/registers'
import { dayBookSheet } from '@yoman/documents/registers/day-book'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { plainDate } from '@yoman/domain/time'
import { pageOfAppointments } from '@yoman/use-cases/registers/appointments'
import { readDayBook } from '@yoman/use-cases/registers/day-book'
import { allGivenUp, pageOfGivenUp } from '@yoman/use-cases/registers/write-offs'
import { allVatDocuments, pageOfVatDocuments, readVatReport } from '@yoman/use-cases/registers/vat'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { appointmentsCsv, appointmentsPdf, presentVisit } from './appointments.ts'
import { cardCsv, cardPdf, presentCard, takenCard } from './card.ts'
import { dayBookCsv, presentDayBook } from './day-book.ts'
import { frameOf, readingRegister } from './frame.ts'
import { presentVatDocument, presentVatReport, vatCsv, vatFile, vatPdf } from './vat.ts'
import { givenUpCsv, presentGivenUp } from './write-offs.ts'

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

  'GET /patients/:id/card': async (ctx, { params }) => presentCard(await takenCard(ctx, params.id)),

  'GET /patients/:id/card/pdf': (ctx, { params, query }) => cardPdf(ctx, params.id, query.language),

  'GET /patients/:id/card/csv': async (ctx, { params, query }) => {
    const card = await takenCard(ctx, params.id)
    return { name: `card ${card.key}.csv`, body: cardCsv(query.language, card) }
  },

  'GET /registers/appointments': async (ctx, { query }) => {
    const request = period(query)
    const { items, next } = await pageOfAppointments(ctx, { ...query, ...request })
    readingRegister(ctx, 'appointments', request.from, request.to, query.branchId)
    return { items: items.map(presentVisit), next }
  },

  'GET /registers/appointments/pdf': (ctx, { query }) => appointmentsPdf(ctx, query.language, period(query)),

  'GET /registers/appointments/csv': (ctx, { query }) => appointmentsCsv(ctx, query.language, period(query)),

  'GET /registers/write-offs': async (ctx, { query }) => {
    const request = period(query)
    const { items, next, totals } = await pageOfGivenUp(ctx, { ...query, ...request })
    readingRegister(ctx, 'write_offs', request.from, request.to, query.branchId)
    return { items: items.map(presentGivenUp), next, totals: { documents: totals.documents, amountAgorot: totals.amount, cameInAgorot: totals.cameIn } }
  },

  'GET /registers/write-offs/csv': async (ctx, { query }) => {
    const request = period(query)
    const pages = allGivenUp(ctx, request)
    readingRegister(ctx, 'write_offs', request.from, request.to, query.branchId)
    return { name: `write-offs ${query.from}.csv`, body: givenUpCsv(pages, query.language) }
  },
} satisfies Handlers<keyof typeof registerRoutes>

const period = ({ from, to, branchId }: { from: string; to: string; branchId?: string }) => ({ from: plainDate(from), to: plainDate(to), ...(branchId === undefined ? {} : { branchId }) })

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
