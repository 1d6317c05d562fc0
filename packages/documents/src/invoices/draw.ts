import type { SigningIdentity } from '@yoman/domain/invoices/signing'
import { fill } from '../format.ts'
import { leftToRight } from '../bidi.ts'
import { bottom, contentWidth, ink, margin, small } from '../look.ts'
import { heightOf, lineWidth, openPaper, page, toBuffer, write, type Paper, type Style } from '../pen.ts'
import { toSignedBuffer } from '../signature/sign.ts'
import type { Column, InvoiceModel, Table } from './model.ts'

const gap = 22

const body: Style = { size: 10 }
const label: Style = { size: 8.5, weight: 'medium', colour: ink.soft }

/** Draws the document as an A4 PDF: no script, no link, no attachment; text that can be selected. Signed where there is something to sign with, at the time of its issue. The same model gives the same bytes. */
export function drawInvoice(model: InvoiceModel, identity?: SigningIdentity): Promise<Buffer> {
  const paper = openPaper(model.meta)
  band(paper)
  let y = head(paper, model)
  y = parties(paper, model, y)
  y = table(paper, model, model.lines, y)
  y = write(paper, model.priceNote, { x: margin, y: y + 6, width: contentWidth }, model.direction, { size: 8.5, colour: ink.soft }) + y + 6
  y = totals(paper, model, y + 14)
  payments(paper, model, y + gap)
  footers(paper, model)
  return identity ? toSignedBuffer(paper, { identity, name: model.meta.author, atMs: model.meta.createdAtMs }) : toBuffer(paper)
}

function band(paper: Paper): void {
  paper.rect(0, 0, page.width, 6).fill(ink.accent)
}

/** Who issues it at the start of the line, what it is at the end. */
function head(paper: Paper, model: InvoiceModel): number {
  const { direction, letterhead } = model
  const half = contentWidth / 2 - 12
  const start = { x: startOf(model, margin, contentWidth, half), width: half }
  const end = { x: startOf(model, margin, contentWidth, half, 'end'), width: half }

  let y = 44
  y += write(paper, letterhead.name, { ...start, y }, direction, { size: 19, weight: 'bold', colour: ink.accent }) + 2
  for (const line of letterhead.lines) y += write(paper, line, { ...start, y }, direction, small)

  let right = 44
  right += write(paper, model.heading, { ...end, y: right }, direction, { size: 19, weight: 'bold', align: 'end' })
  right += write(paper, model.number, { ...end, y: right }, direction, { size: 12, weight: 'medium', align: 'end' }) + 8
  right += badges(paper, model, end, right)
  return Math.max(y, right) + gap
}

/** "Original" or "copy", and "computerised document", which the law wants to stand out. */
function badges(paper: Paper, model: InvoiceModel, box: { x: number; width: number }, y: number): number {
  const style: Style = { size: 9.5, weight: 'bold', colour: ink.accent }
  const height = 20
  let used = 0
  for (const text of [model.mark, model.computerised]) {
    const width = lineWidth(paper, text, model.direction, style) + 18
    const x = model.direction === 'rtl' ? box.x + used : box.x + box.width - used - width
    paper.roundedRect(x, y, width, height, 4).lineWidth(0.9).strokeColor(ink.accent).stroke()
    write(paper, text, { x, y: y + 3.2, width }, model.direction, { ...style, align: 'center' })
    used += width + 6
  }
  return height
}

/** The payer at the start, the date and what it refers to at the end. */
function parties(paper: Paper, model: InvoiceModel, y: number): number {
  const { direction, payer, facts } = model
  const inset = 14
  const half = contentWidth / 2 - inset - 8
  const start = { x: startOf(model, margin + inset, contentWidth - 2 * inset, half), width: half }
  const end = { x: startOf(model, margin + inset, contentWidth - 2 * inset, half, 'end'), width: half }
  const rows = (): { text: string; style: Style }[] => [
    { text: payer.label, style: label }, { text: payer.name, style: { size: 12, weight: 'bold' } }, ...payer.lines.map((text) => ({ text, style: small })),
  ]
  const factRows = facts.flatMap((fact) => [{ text: fact.label, style: label }, { text: fact.value, style: { ...body, weight: 'medium' as const } }])
  const tall = (all: { text: string; style: Style }[]): number => all.reduce((sum, row) => sum + heightOf(paper, row.text, half, direction, row.style), 0)
  const height = Math.max(tall(rows()), tall(factRows)) + 22

  paper.roundedRect(margin, y, contentWidth, height, 6).fill(ink.tint)
  const place = (all: { text: string; style: Style }[], box: { x: number; width: number }): void => {
    let at = y + 11
    for (const row of all) at += write(paper, row.text, { ...box, y: at }, direction, row.style)
  }
  place(rows(), start)
  place(factRows, end)
  return y + height + gap
}

function table(paper: Paper, model: InvoiceModel, data: Table, from: number): number {
  let y = tableHead(paper, model, data.columns, from)
  for (const row of data.rows) {
    const height = Math.max(...row.map((text, index) => heightOf(paper, text, cellWidth(data.columns[index]), model.direction, body))) + 11
    if (y + height > bottom) {
      newPage(paper)
      y = tableHead(paper, model, data.columns, 44)
    }
    cells(paper, model, data.columns, row, y + 5.5, body)
    y += height
    rule(paper, y)
  }
  return y
}

function tableHead(paper: Paper, model: InvoiceModel, columns: Column[], from: number): number {
  const height = 22
  const y = from + height + 16 > bottom ? 44 : from
  if (y !== from) newPage(paper)
  paper.rect(margin, y, contentWidth, height).fill(ink.accent)
  cells(paper, model, columns, columns.map((column) => column.title), y + 4.6, { size: 9, weight: 'medium', colour: '#ffffff' })
  return y + height
}

const cellInset = 8
const cellWidth = (column: Column | undefined): number => contentWidth * (column?.share ?? 0) - 2 * cellInset

function cells(paper: Paper, model: InvoiceModel, columns: Column[], texts: string[], y: number, style: Style): void {
  let used = 0
  columns.forEach((column, index) => {
    const width = contentWidth * column.share
    const x = model.direction === 'rtl' ? margin + contentWidth - used - width : margin + used
    write(paper, texts[index] ?? '', { x: x + cellInset, y, width: width - 2 * cellInset }, model.direction, { ...style, align: column.align })
    used += width
  })
}

/** Under the sums' column, kept together on one page; what there is to say stands beside them. */
function totals(paper: Paper, model: InvoiceModel, from: number): number {
  const width = contentWidth * 0.5
  const x = startOf(model, margin, contentWidth, width, 'end')
  const heights = model.totals.map((row) => (row.strong ? 28 : 20))
  let y = from
  if (y + heights.reduce((sum, height) => sum + height, 0) > bottom) {
    newPage(paper)
    y = 44
  }
  const beside = contentWidth - width - gap
  write(paper, model.notes.join('\n'), { x: startOf(model, margin, contentWidth, beside), y: y + 3, width: beside }, model.direction, small)
  // As wide as the table's last column, so that the sums go on under it.
  const figures = contentWidth * 0.2
  model.totals.forEach((row, index) => {
    const height = heights[index] ?? 0
    if (row.strong) paper.roundedRect(x, y, width, height - 3, 4).fill(ink.tint)
    const style: Style = row.strong ? { size: 12, weight: 'bold', colour: ink.accent } : body
    const top = y + (row.strong ? 4.4 : 3)
    const labelWidth = width - figures - cellInset
    write(paper, row.label, { x: startOf(model, x + cellInset, width - cellInset * 2, labelWidth), y: top, width: labelWidth }, model.direction, style)
    write(paper, row.value, { x: startOf(model, x, width, figures, 'end'), y: top, width: figures - cellInset }, model.direction, { ...fitting(paper, model, row.value, figures - cellInset, style), align: 'figures' })
    y += height
  })
  return y
}

/** A sum is never broken over two lines: a very long one is written smaller. */
function fitting(paper: Paper, model: InvoiceModel, text: string, width: number, style: Style): Style {
  const wanted = lineWidth(paper, text, model.direction, style)
  return wanted <= width ? style : { ...style, size: (style.size * width * 0.99) / wanted }
}

function payments(paper: Paper, model: InvoiceModel, from: number): void {
  if (!model.payments) return
  let y = from
  if (y + 80 > bottom) {
    newPage(paper)
    y = 44
  }
  const title: Style = { size: 11, weight: 'bold' }
  write(paper, model.payments.title, { x: margin, y, width: contentWidth }, model.direction, title)
  write(paper, model.payments.stamp, { x: margin, y, width: contentWidth }, model.direction, { ...title, colour: ink.accent, align: 'end' })
  table(paper, model, model.payments.table, y + 20)
}

function footers(paper: Paper, model: InvoiceModel): void {
  const { start, count } = paper.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    paper.switchToPage(start + index)
    const y = page.height - 48
    rule(paper, y - 8)
    const box = { x: margin, y, width: contentWidth }
    const number = fill(model.footer.page, { page: leftToRight(String(index + 1)), pages: leftToRight(String(count)) })
    write(paper, `${model.footer.left} · ${model.heading} ${model.number}`, box, model.direction, { size: 8, colour: ink.soft })
    write(paper, number, box, model.direction, { size: 8, colour: ink.soft, align: 'end' })
  }
}

function newPage(paper: Paper): void {
  paper.addPage({ size: 'A4', margin: 0 })
  band(paper)
}

function rule(paper: Paper, y: number): void {
  paper.moveTo(margin, y).lineTo(margin + contentWidth, y).lineWidth(0.6).strokeColor(ink.rule).stroke()
}

/** The left edge of a block at the start (or the end) of a line of the document's direction. */
function startOf(model: InvoiceModel, x: number, width: number, block: number, side: 'start' | 'end' = 'start'): number {
  const atRight = (side === 'start') === (model.direction === 'rtl')
  return atRight ? x + width - block : x
}
