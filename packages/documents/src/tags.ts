import type { Paper } from './pen.ts'

/** What a stretch of a page is, for whoever hears it (ISO 32000-1, 14.8.4). */
export type Role = 'Document' | 'H1' | 'H2' | 'P' | 'Span' | 'Table' | 'TR' | 'TH' | 'TD'

interface Told {
  /** Heads a column or a row of a table. */
  scope?: 'Column' | 'Row'
  /** The words as they are said, where the page has them in the order of their shapes. */
  actual?: string
}

/** The elements that are open, from the document inwards, and how many ornaments are being drawn. */
interface Place {
  open: PDFKit.PDFStructureElement[]
  ornaments: number
}

const places = new WeakMap<Paper, Place>()

function placeOf(paper: Paper): Place {
  const known = places.get(paper)
  if (known) return known
  const document = paper.struct('Document')
  paper.addStructure(document) // ended with the paper
  const place = { open: [document], ornaments: 0 }
  places.set(paper, place)
  return place
}

/**
 * Draws what belongs to one element, so that a reader aloud says it in the order of its drawing and knows a table's cell from a heading.
 * Texts that `write` puts down meanwhile are the element's.
 */
export function within<Result>(paper: Paper, role: Role, draw: () => Result, told: Told = {}): Result {
  const place = placeOf(paper)
  if (place.ornaments > 0) return draw()
  const element = paper.struct(role, told)
  place.open.at(-1)?.add(element)
  place.open.push(element)
  try {
    return draw()
  } finally {
    place.open.pop()
    element.end()
  }
}

/** Draws what nobody needs to hear: a rule, a tint, what stands on each page again. */
export function ornament<Result>(paper: Paper, draw: () => Result): Result {
  const place = placeOf(paper)
  if (place.ornaments > 0) return draw()
  place.ornaments += 1
  paper.markContent('Artifact', { type: 'Layout' })
  try {
    return draw()
  } finally {
    paper.endMarkedContent()
    place.ornaments -= 1
  }
}

/**
 * Puts a text into the element that is open; outside of all it is a paragraph of its own. Letters that go leftwards stand on the page by their
 * shapes, in Arabic even taken apart: their words are told beside them. On the element, not in the page's content: there some extractors of text
 * take them for letters to be turned round.
 */
export function spoken(paper: Paper, words: string, draw: () => void): void {
  const { open, ornaments } = placeOf(paper)
  if (ornaments > 0) draw()
  else if (open.length === 1) within(paper, 'P', () => spoken(paper, words, draw))
  else if (/[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(words)) within(paper, 'Span', () => void placeOf(paper).open.at(-1)?.add(draw), { actual: words })
  else open.at(-1)?.add(draw)
}
