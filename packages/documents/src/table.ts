import type { Direction } from './bidi.ts'
import { bottom, contentWidth, ink, margin } from './look.ts'
import { heightOf, page, type Paper, type Style, write } from './pen.ts'
import { ornament, within } from './tags.ts'

export interface Column {
  title: string
  /** Part of the table's width; all of them add up to 1. */
  share: number
  /** `figures` stand at the right edge in both directions, so that their points are under each other. */
  align: 'start' | 'center' | 'figures'
}

export interface Table {
  columns: Column[]
  rows: string[][]
}

/** Where a page begins below its band, in points. */
export const top = 44
/** Between a cell's edge and its text. */
export const cellInset = 8

const headHeight = 22

/** Goes to a new page where less than `height` is left on this one. @returns where to go on. */
export function room(paper: Paper, y: number, height: number): number {
  if (y + height <= bottom) return y
  paper.addPage({ size: 'A4', margin: 0 })
  band(paper)
  return top
}

/** The stripe at the head of each page. */
export function band(paper: Paper): void {
  ornament(paper, () => paper.rect(0, 0, page.width, 6).fill(ink.accent))
}

/** A hairline over the width of the text. */
export function rule(paper: Paper, y: number): void {
  ornament(paper, () => paper.moveTo(margin, y).lineTo(margin + contentWidth, y).lineWidth(0.6).strokeColor(ink.rule).stroke())
}

/** A tinted ground. */
export function ground(paper: Paper, box: { x: number; y: number; width: number; height: number }, radius: number): void {
  ornament(paper, () => paper.roundedRect(box.x, box.y, box.width, box.height, radius).fill(ink.tint))
}

/** The left edge of a block at the start (or the end) of a line of this direction. */
export function startOf(direction: Direction, x: number, width: number, block: number, side: 'start' | 'end' = 'start'): number {
  return (side === 'start') === (direction === 'rtl') ? x + width - block : x
}

/** A table over as many pages as it needs, with its titles on each; they are heard once. @returns the line below it. */
export function drawTable(paper: Paper, direction: Direction, { columns, rows }: Table, from: number, { style, padding }: { style: Style; padding: number }): number {
  const titles = columns.map((column) => column.title)
  const head = (y: number): number => {
    ornament(paper, () => paper.rect(margin, y, contentWidth, headHeight).fill(ink.accent))
    cells(paper, direction, columns, titles, { y: y + 4.6, style: { size: 9, weight: 'medium', colour: '#ffffff' }, role: 'TH' })
    return y + headHeight
  }
  return within(paper, 'Table', () => {
    let y = head(room(paper, from, headHeight + 2 * padding + 16))
    for (const row of rows) {
      const height = Math.max(...row.map((text, index) => heightOf(paper, text, cellWidth(columns[index]), direction, style))) + 2 * padding
      if (y + height > bottom) {
        const next = room(paper, y, height)
        y = ornament(paper, () => head(next))
      }
      cells(paper, direction, columns, row, { y: y + padding, style, role: 'TD' })
      y += height
      rule(paper, y)
    }
    return y
  })
}

const cellWidth = (column: Column | undefined): number => contentWidth * (column?.share ?? 0) - 2 * cellInset

function cells(paper: Paper, direction: Direction, columns: Column[], texts: string[], { y, style, role }: { y: number; style: Style; role: 'TH' | 'TD' }): void {
  within(paper, 'TR', () => {
    let used = 0
    columns.forEach((column, index) => {
      const width = contentWidth * column.share
      const x = direction === 'rtl' ? margin + contentWidth - used - width : margin + used
      const box = { x: x + cellInset, y, width: width - 2 * cellInset }
      within(paper, role, () => write(paper, texts[index] ?? '', box, direction, { ...style, align: column.align }), role === 'TH' ? { scope: 'Column' } : {})
      used += width
    })
  })
}
