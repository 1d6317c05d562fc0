import type { bookRoutes } from '@yoman/contract/books'
import { checkBooks } from '@yoman/documents/books/check/check-books'
import { Refusal } from '@yoman/domain/refusal'
import { dateIn, plainDate } from '@yoman/domain/time'
import { openBooks, produceBooks } from '@yoman/use-cases/books/produce'
import { pageOfBookExports } from '@yoman/use-cases/books/read'
import type { Handlers } from '../http/handler.ts'
import { uploadedFile } from '../http/uploaded-file.ts'
import { presentBookExport, presentCheck } from './present.ts'
import { bookSoftware } from './software.ts'
import { unpackBooks } from './unpack.ts'
import { bookZip } from './write-files.ts'

const mostBytes = 32 * 1024 * 1024
/** The authority's files are dated by its own wall. */
const zone = 'Asia/Jerusalem'

export const bookHandlers = {
  'GET /book-exports': async (ctx, { query }) => {
    const { items, next, business } = await pageOfBookExports(ctx, query)
    return { items: items.map(presentBookExport), next, business }
  },

  'POST /book-exports': async (ctx, { body: { id, format, from, to, accounts } }) =>
    presentBookExport(await produceBooks(ctx, { id, format, from: plainDate(from), to: plainDate(to), accounts }, bookSoftware)),

  'GET /book-exports/:id/file': async (ctx, { params }) => {
    const { row, pages } = await openBooks(ctx, params.id)
    ctx.reading({ name: 'books.read', subject: { type: 'book_export', id: row.id }, details: { kind: row.format, fromDate: row.from_on.toString(), toDate: row.to_on.toString() } })
    return { name: `${row.format} ${row.from_on.toString()} ${row.to_on.toString()}.zip`, body: bookZip(row, pages) }
  },

  'POST /book-checks': async (ctx, _input, { request }) => {
    const { bytes } = await uploadedFile(request, mostBytes)
    if (bytes.length === 0) throw new Refusal('file_empty')
    return presentCheck(await checkBooks({ ...(await unpackBooks(bytes)), today: dateIn(zone, ctx.now).toString().replaceAll('-', '') }))
  },
} satisfies Handlers<keyof typeof bookRoutes>
