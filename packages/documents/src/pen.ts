import PDFDocument from 'pdfkit'
import { paragraph, visualRuns, type Direction, type Run } from './bidi.ts'
import { pdfTime } from './clock.ts'
import { heebo, type Weight } from './fonts.ts'
import { wrap } from './wrap.ts'

export type Paper = InstanceType<typeof PDFDocument>

export type Align = 'start' | 'end' | 'center' | 'figures'

export interface Style {
  size: number
  weight?: Weight
  colour?: string
  align?: Align
}

export interface Box {
  x: number
  y: number
  width: number
}

export interface Meta {
  title: string
  author: string
  language: string
  createdAtMs: number
}

/** A4 in points. */
export const page = { width: 595.28, height: 841.89 }

/** The font's line, in parts of its size. */
const leading = 1.42
// Naming the features makes PDFKit lay a run out as one: without, it splits at spaces and loses the order of words.
const features: PDFKit.Mixins.OpenTypeFeatures[] = ['kern', 'mark', 'mkmk', 'ccmp']

/** An empty document whose bytes depend on nothing but what is drawn: its dates and its id come from `meta`. */
export function openPaper(meta: Meta): Paper {
  const createdAt = pdfTime(meta.createdAtMs)
  const paper = new PDFDocument({
    size: 'A4', margin: 0, bufferPages: true, pdfVersion: '1.7', lang: meta.language, displayTitle: true,
    info: { Title: meta.title, Author: meta.author, Creator: 'Yoman', Producer: 'Yoman', CreationDate: createdAt, ModDate: createdAt },
  })
  for (const weight of ['regular', 'medium', 'bold'] as const) {
    // PDFKit takes a parsed fontkit font; its types only know files and buffers.
    paper.registerFont(weight, heebo(weight) as unknown as PDFKit.Mixins.PDFFontSource)
  }
  return paper
}

/** Ends the document and gathers its bytes. */
export function toBuffer(paper: Paper): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    paper.on('data', (chunk: Buffer) => chunks.push(chunk))
    paper.on('end', () => resolve(Buffer.concat(chunks)))
    paper.on('error', reject)
    paper.end()
  })
}

/** Writes `text` into the box in its lines, and answers the height they took, in points. */
export function write(paper: Paper, text: string, box: Box, direction: Direction, style: Style): number {
  paper.font(style.weight ?? 'regular').fontSize(style.size).fillColor(style.colour ?? '#0f172a')
  const whole = paragraph(text, direction)
  const lines = wrap(text, box.width, (start, end) => widthOf(paper, visualRuns(whole, start, end), style))
  lines.forEach(({ start, end }, index) => {
    const runs = visualRuns(whole, start, end)
    let x = leftEdge(box, widthOf(paper, runs, style), direction, style.align ?? 'start')
    for (const run of runs) {
      paper.text(run.text, x, box.y + index * style.size * leading, { lineBreak: false, features })
      x += widthOf(paper, [run], style)
    }
  })
  return lines.length * style.size * leading
}

/** The height `write` would take, without writing. */
export function heightOf(paper: Paper, text: string, width: number, direction: Direction, style: Style): number {
  paper.font(style.weight ?? 'regular').fontSize(style.size)
  const whole = paragraph(text, direction)
  return wrap(text, width, (start, end) => widthOf(paper, visualRuns(whole, start, end), style)).length * style.size * leading
}

/** The width of `text` on one line. */
export function lineWidth(paper: Paper, text: string, direction: Direction, style: Style): number {
  paper.font(style.weight ?? 'regular').fontSize(style.size)
  return widthOf(paper, visualRuns(paragraph(text, direction)), style)
}

/** The width of runs in the font and size that `paper` is set to, which are those of `style`. Each is measured once a document. */
function widthOf(paper: Paper, runs: Run[], style: Style): number {
  const known = measured.get(paper) ?? new Map<string, number>()
  measured.set(paper, known)
  return runs.reduce((sum, { text }) => {
    const key = `${style.weight ?? 'regular'} ${style.size} ${text}`
    const width = known.get(key) ?? paper.widthOfString(text, { features })
    known.set(key, width)
    return sum + width
  }, 0)
}

const measured = new WeakMap<Paper, Map<string, number>>()

function leftEdge(box: Box, width: number, direction: Direction, align: Align): number {
  if (align === 'center') return box.x + (box.width - width) / 2
  const atRight = align === 'figures' || (align === 'start') === (direction === 'rtl')
  return atRight ? box.x + box.width - width : box.x
}
