// What is heard of a paper: its structure, read by a reader that shares no code with what writes it.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, it } from 'vitest'
import { withoutControls } from './bidi.ts'
import { drawInvoice } from './invoices/draw.ts'
import { anInvoice, clinic } from './invoices/invoice.fixture.ts'
import { invoiceDocument } from './invoices/model.ts'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'

interface Node {
  role?: string
  alt?: string
  type?: string
  id?: string
  children?: Node[]
}
interface Heard {
  role: string
  words: string
}

/** Each element that holds words, page by page, as its role and what is said. */
async function heard(pdf: Buffer): Promise<{ said: Heard[]; loose: string }> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise
  const said: Heard[] = []
  let loose = ''
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent({ includeMarkedContent: true })
    const words = new Map<string, string>()
    const open: (string | null)[] = [] // an id, or null within an ornament
    for (const item of items) {
      if ('str' in item) {
        const id = open.at(-1)
        if (typeof id === 'string') words.set(id, (words.get(id) ?? '') + item.str)
        else if (open.length === 0) loose += item.str.trim()
      } else if (item.type === 'endMarkedContent') open.pop()
      else open.push(item.type === 'beginMarkedContentProps' && item.id ? item.id : null)
    }
    const wordsOf = (node: Node): string => (node.alt ?? (node.type === 'content' ? words.get(node.id ?? '') ?? '' : (node.children ?? []).map(wordsOf).join('')))
    const walk = (node: Node): void => {
      const leaf = (node.children ?? []).every((child) => child.type === 'content' || child.role === 'Span')
      if (node.role && node.role !== 'Root' && leaf) said.push({ role: node.role, words: wordsOf(node) })
      else for (const child of node.children ?? []) walk(child)
    }
    walk((await page.getStructTree()) as Node)
  }
  await document.destroy()
  return { said, loose }
}

const drawn = (language: DocumentLanguage, over: Parameters<typeof anInvoice>[0] = {}) => drawInvoice(invoiceDocument(anInvoice(over), clinic, { language, mark: 'original' }))

it.each(['he', 'en', 'ar', 'ru'] as const)('an invoice in %s is heard in the order of reading, in its own words, and its table by cells', async (language) => {
  const model = invoiceDocument(anInvoice(), clinic, { language, mark: 'original' })
  const { said, loose } = await heard(await drawn(language))
  const words = said.map((one) => one.words).filter((text) => text !== '') // a cell may be empty
  const expected = [
    model.letterhead.name, ...model.letterhead.lines, model.heading, ...(model.legalHeading ? [model.legalHeading] : []), model.number, model.mark, model.computerised,
    model.payer.label, model.payer.name, ...model.payer.lines, ...model.facts.flatMap(({ label, value }) => [label, value]),
    ...model.lines.columns.map(({ title }) => title), ...model.lines.rows.flat(), model.priceNote, ...model.notes, ...model.totals.flatMap(({ label, value }) => [label, value]),
    model.payments?.title ?? '', model.payments?.stamp ?? '', ...(model.payments?.table.columns.map(({ title }) => title) ?? []), ...(model.payments?.table.rows.flat() ?? []),
  ].filter((text) => text !== '')
  expect(words.map((text) => text.replace(/\s+/g, ''))).toEqual(expected.map((text) => withoutControls(text).replace(/\s+/g, '')))
  expect(said.filter(({ role }) => role === 'H1').map((one) => one.words.replace(/\s+/g, ''))).toEqual([model.heading.replace(/\s+/g, '')])
  expect(said.filter(({ role }) => role === 'TH')).toHaveLength(model.lines.columns.length + model.totals.length + 4)
  expect(loose).toBe('') // whatever is in no element is marked as an ornament
})

it('a table over several pages is one, and its titles are heard once', async () => {
  const lines = Array.from({ length: 60 }, (_, index) => ({ description: `טיפול ${index}`, quantity: 1, unitPrice: 100, total: 100 }))
  const { said } = await heard(await drawn('he', { lines }))
  expect(said.filter(({ words }) => words === 'תיאור השירות')).toEqual([{ role: 'TH', words: 'תיאור השירות' }])
  expect(said.filter(({ words }) => /^טיפול \d+$/.test(words)).map(({ words }) => words)).toEqual(lines.map(({ description }) => description))
})
