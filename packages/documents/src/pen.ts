import PDFDocument from 'pdfkit'
import { paragraph, withoutControls, type Direction } from './bidi.ts'
import { pdfTime } from './clock.ts'
import { fontFor, type Part, type Weight } from './fonts.ts'
import { spoken } from './tags.ts'
import { typeset } from './typeset.ts'
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

/** A line's height and the way from its top to the letters' feet, in parts of the font's size. Heebo's, for all fonts that stand in one line. */
const leading = 1.42
const ascent = 1.048
// Naming the features makes PDFKit lay a run out as one: without, it splits at spaces and loses the order of words.
const features: PDFKit.Mixins.OpenTypeFeatures[] = ['kern', 'mark', 'mkmk', 'ccmp']

/** An empty document whose bytes depend on nothing but what is drawn: its dates and its id come from `meta`. */
export function openPaper(meta: Meta): Paper {
  const createdAt = pdfTime(meta.createdAtMs)
  return new PDFDocument({
    size: 'A4', margin: 0, bufferPages: true, tagged: true, pdfVersion: '1.7', lang: meta.language, displayTitle: true,
    info: { Title: meta.title, Author: meta.author, Creator: 'Yoman', Producer: 'Yoman', CreationDate: createdAt, ModDate: createdAt },
  })
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

/** Writes `text` into the box in its lines, into the element that is open (tags.ts), and answers the height they took, in points. */
export function write(paper: Paper, text: string, box: Box, direction: Direction, style: Style): number {
  const whole = paragraph(text, direction)
  const lines = wrap(text, box.width, (start, end) => widthOf(paper, typeset(whole, start, end), style))
  const draw = (): void =>
    lines.forEach(({ start, end }, index) => {
      const parts = typeset(whole, start, end)
      let x = leftEdge(box, widthOf(paper, parts, style), direction, style.align ?? 'start')
      for (const part of parts) {
        useFont(paper, part, style).fillColor(style.colour ?? '#0f172a')
        paper.text(part.text, x, box.y + (index * leading + ascent) * style.size, { lineBreak: false, features, baseline: 'alphabetic' })
        x += widthOf(paper, [part], style)
      }
    })
  if (text !== '') spoken(paper, withoutControls(text), draw)
  return lines.length * style.size * leading
}

/** The height `write` would take, without writing. */
export function heightOf(paper: Paper, text: string, width: number, direction: Direction, style: Style): number {
  const whole = paragraph(text, direction)
  return wrap(text, width, (start, end) => widthOf(paper, typeset(whole, start, end), style)).length * style.size * leading
}

/** The width of `text` on one line. */
export function lineWidth(paper: Paper, text: string, direction: Direction, style: Style): number {
  return widthOf(paper, typeset(paragraph(text, direction)), style)
}

/** The width of parts side by side. Each is measured once a document. */
function widthOf(paper: Paper, parts: Part[], style: Style): number {
  const { widths } = memoryOf(paper)
  return parts.reduce((sum, part) => {
    const key = `${part.family} ${style.weight ?? 'regular'} ${style.size} ${part.text}`
    const width = widths.get(key) ?? useFont(paper, part, style).widthOfString(part.text, { features })
    widths.set(key, width)
    return sum + width
  }, 0)
}

/** Sets font and size, and tells the document of a font at its first use. */
function useFont(paper: Paper, { family }: Part, { weight = 'regular', size }: Style): Paper {
  const name = `${family} ${weight}`
  const { fonts } = memoryOf(paper)
  if (!fonts.has(name)) {
    // PDFKit takes a parsed fontkit font; its types only know files and buffers.
    paper.registerFont(name, fontFor(family, weight) as unknown as PDFKit.Mixins.PDFFontSource)
    fonts.add(name)
  }
  return paper.font(name).fontSize(size)
}

/** The fonts a document knows and the widths measured in it. */
interface Memory {
  fonts: Set<string>
  widths: Map<string, number>
}

const memories = new WeakMap<Paper, Memory>()

function memoryOf(paper: Paper): Memory {
  const known = memories.get(paper) ?? { fonts: new Set(), widths: new Map() }
  memories.set(paper, known)
  return known
}

function leftEdge(box: Box, width: number, direction: Direction, align: Align): number {
  if (align === 'center') return box.x + (box.width - width) / 2
  const atRight = align === 'figures' || (align === 'start') === (direction === 'rtl')
  return atRight ? box.x + box.width - width : box.x
}
