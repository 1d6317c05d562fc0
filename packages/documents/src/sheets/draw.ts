import { setImmediate } from 'node:timers/promises'
import { signatureBox, type Stroke } from '@yoman/domain/plans/shown'
import { leftToRight } from '../bidi.ts'
import { fill } from '../format.ts'
import { bottom, contentWidth, ink, margin, small } from '../look.ts'
import { heightOf, lineWidth, openPaper, page, type Paper, type Style, toBuffer, write } from '../pen.ts'
import { band, cellInset, drawTable, ground, room, rule, startOf, top } from '../table.ts'
import { ornament, within } from '../tags.ts'
import type { Part, Sheet } from './model.ts'

const body: Style = { size: 10.5 }

/** Draws the paper as an A4 PDF: no script, no link, no attachment; text that can be selected, and heard in the order it is read. The same model gives the same bytes. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const paper = openPaper(sheet.meta)
  band(paper)
  let y = facts(paper, sheet, head(paper, sheet))
  for (const part of sheet.parts) {
    y = draw(paper, sheet, part, y)
    await setImmediate() // a register of a month is many pages: others are answered between its days
  }
  footers(paper, sheet)
  return toBuffer(paper)
}

function draw(paper: Paper, sheet: Sheet, part: Part, y: number): number {
  if (part.kind === 'heading') return within(paper, 'H2', () => lineOf(paper, sheet, part.text, room(paper, y + 8, 60), { size: 12, weight: 'bold' })) + 4
  if (part.kind === 'text') return textOf(paper, sheet, part.text, part.look ?? 'plain', y)
  if (part.kind === 'table') return drawTable(paper, sheet.direction, part, room(paper, y, 60), { style: part.small ? { size: 8.5 } : body, padding: 4.5 }) + 6
  if (part.kind === 'total') return total(paper, sheet, part, y)
  return signature(paper, sheet, part, y)
}

function lineOf(paper: Paper, { direction }: Sheet, text: string, y: number, style: Style): number {
  return y + write(paper, text, { x: margin, y, width: contentWidth }, direction, style)
}

/** Who writes at the start of the line, what it is at the end. */
function head(paper: Paper, sheet: Sheet): number {
  const half = contentWidth / 2 - 12
  const start = { x: startOf(sheet.direction, margin, contentWidth, half), width: half }
  const end = { x: startOf(sheet.direction, margin, contentWidth, half, 'end'), width: half }
  let y = top
  y += write(paper, sheet.letterhead.name, { ...start, y }, sheet.direction, { size: 18, weight: 'bold', colour: ink.accent }) + 2
  for (const line of sheet.letterhead.lines) y += write(paper, line, { ...start, y }, sheet.direction, small)
  let other = top
  other += within(paper, 'H1', () => write(paper, sheet.heading, { ...end, y: other }, sheet.direction, { size: 18, weight: 'bold', align: 'end' }))
  if (sheet.subheading) other += write(paper, sheet.subheading, { ...end, y: other }, sheet.direction, { size: 11, weight: 'medium', align: 'end' })
  return Math.max(y, other) + 16
}

/** What identifies it, in two columns on a tint. */
function facts(paper: Paper, sheet: Sheet, y: number): number {
  const inset = 14
  const half = contentWidth / 2 - inset - 8
  const rows = Math.ceil(sheet.facts.length / 2)
  const height = (at: number): number => Math.max(...sheet.facts.slice(at * 2, at * 2 + 2).map((fact) => heightOf(paper, fact.value, half, sheet.direction, body))) + 14
  const heights = Array.from({ length: rows }, (_, at) => height(at))
  ground(paper, { x: margin, y, width: contentWidth, height: heights.reduce((sum, one) => sum + one, 0) + 14 }, 6)
  let at = y + 7
  heights.forEach((tall, row) => {
    sheet.facts.slice(row * 2, row * 2 + 2).forEach((fact, column) => {
      const x = startOf(sheet.direction, margin + inset, contentWidth - 2 * inset, half, column === 0 ? 'start' : 'end')
      const used = write(paper, fact.label, { x, y: at, width: half }, sheet.direction, { size: 8.5, weight: 'medium', colour: ink.soft })
      write(paper, fact.value, { x, y: at + used - 1, width: half }, sheet.direction, { ...body, weight: 'medium' })
    })
    at += tall
  })
  return at + 22
}

/** Paragraph by paragraph, so that a long text goes on over the page. */
function textOf(paper: Paper, sheet: Sheet, text: string, look: 'plain' | 'soft' | 'boxed', from: number): number {
  const style = look === 'soft' ? small : body
  const inset = look === 'boxed' ? 10 : 0
  let y = from
  if (look === 'boxed') {
    const height = heightOf(paper, text, contentWidth - 2 * inset, sheet.direction, style) + 2 * inset
    y = room(paper, y, height)
    const at = y
    ornament(paper, () => paper.roundedRect(margin, at, contentWidth, height, 4).lineWidth(0.9).strokeColor(ink.accent).stroke())
    write(paper, text, { x: margin + inset, y: y + inset, width: contentWidth - 2 * inset }, sheet.direction, style)
    return y + height + 8
  }
  for (const paragraph of text.split('\n')) {
    y = room(paper, y, Math.min(heightOf(paper, paragraph, contentWidth, sheet.direction, style), bottom - top))
    y = lineOf(paper, sheet, paragraph, y, style)
  }
  return y + 8
}

function total(paper: Paper, sheet: Sheet, { label, value, strong }: Extract<Part, { kind: 'total' }>, from: number): number {
  const height = strong ? 27 : 20
  const y = room(paper, from, height)
  const style: Style = strong ? { size: 12, weight: 'bold', colour: ink.accent } : { ...body, weight: 'medium' }
  if (strong) ground(paper, { x: margin, y, width: contentWidth, height: height - 3 }, 4)
  const labelWidth = contentWidth / 2 - cellInset
  write(paper, label, { x: startOf(sheet.direction, margin + cellInset, contentWidth - 2 * cellInset, labelWidth), y: y + 3.5, width: labelWidth }, sheet.direction, style)
  write(paper, value, { x: startOf(sheet.direction, margin + cellInset, contentWidth - 2 * cellInset, labelWidth, 'end'), y: y + 3.5, width: labelWidth }, sheet.direction, { ...style, align: 'end' })
  return y + height
}

const handWidth = 190

/** The hand over its line, and beside it who signed, when, and the hash of what was signed. */
function signature(paper: Paper, sheet: Sheet, { lines, strokes, typed, small: notes }: Extract<Part, { kind: 'signature' }>, from: number): number {
  const height = (handWidth * signatureBox.height) / signatureBox.width
  const y = room(paper, from + 10, height + 30)
  const x = startOf(sheet.direction, margin, contentWidth, handWidth, 'end')
  if (strokes) ornament(paper, () => hand(paper, strokes, x, y)) // whose hand it is stands beside it in words
  else write(paper, typed, { x, y: y + height - 26, width: handWidth }, sheet.direction, { size: 15, weight: 'medium', align: 'center' })
  ornament(paper, () => paper.moveTo(x, y + height).lineTo(x + handWidth, y + height).lineWidth(0.8).strokeColor(ink.soft).stroke())
  const width = contentWidth - handWidth - 24
  const box = { x: startOf(sheet.direction, margin, contentWidth, width), width }
  let at = y + 6
  for (const line of lines) at += write(paper, line, { ...box, y: at }, sheet.direction, body)
  for (const note of notes) at += write(paper, note, { ...box, y: at }, sheet.direction, { size: 7.5, colour: ink.soft })
  return Math.max(at, y + height) + 10
}

/** A drawing is of the hand, not of the page: it is not mirrored in a right-to-left document. */
function hand(paper: Paper, strokes: readonly Stroke[], x: number, y: number): void {
  const scale = handWidth / signatureBox.width
  for (const [first, ...rest] of strokes) {
    if (!first) continue
    paper.moveTo(x + first[0] * scale, y + first[1] * scale)
    // A dot is a line of no length with round ends.
    for (const point of rest.length > 0 ? rest : [first]) paper.lineTo(x + point[0] * scale, y + point[1] * scale)
    paper.lineWidth(1.5).lineCap('round').lineJoin('round').strokeColor('#1e293b').stroke()
  }
}

function footers(paper: Paper, { direction, footer }: Sheet): void {
  const { start, count } = paper.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    paper.switchToPage(start + index)
    const y = page.height - 48
    rule(paper, y - 8)
    const number = fill(footer.page, { page: leftToRight(String(index + 1)), pages: leftToRight(String(count)) })
    const style: Style = { size: 8, colour: ink.soft }
    const numberWidth = lineWidth(paper, number, direction, style) + 8
    ornament(paper, () => {
      write(paper, footer.start, { x: direction === 'rtl' ? margin + numberWidth : margin, y, width: contentWidth - numberWidth }, direction, style)
      write(paper, number, { x: margin, y, width: contentWidth }, direction, { ...style, align: 'end' })
    })
  }
}
