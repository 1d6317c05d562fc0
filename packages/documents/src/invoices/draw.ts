import type { SigningIdentity } from '@yoman/domain/invoices/signing'
import { fill } from '../format.ts'
import { leftToRight } from '../bidi.ts'
import { contentWidth, ink, margin, small } from '../look.ts'
import { heightOf, lineWidth, openPaper, page, toBuffer, write, type Box, type Paper, type Style } from '../pen.ts'
import { toSignedBuffer } from '../signature/sign.ts'
import { band, cellInset, drawTable, ground, room, rule, startOf, top } from '../table.ts'
import { ornament, within } from '../tags.ts'
import type { InvoiceModel } from './model.ts'

const gap = 22

const body: Style = { size: 10 }
const cell = { style: body, padding: 5.5 }
const label: Style = { size: 8.5, weight: 'medium', colour: ink.soft }

/** Draws the document as an A4 PDF: no script, no link, no attachment; text that can be selected, and heard in the order it is read. Signed where there is something to sign with, at the time of its issue. The same model gives the same bytes. */
export function drawInvoice(model: InvoiceModel, identity?: SigningIdentity): Promise<Buffer> {
  const paper = openPaper(model.meta)
  band(paper)
  let y = head(paper, model)
  y = parties(paper, model, y)
  y = drawTable(paper, model.direction, model.lines, y, cell)
  y = write(paper, model.priceNote, { x: margin, y: y + 6, width: contentWidth }, model.direction, { size: 8.5, colour: ink.soft }) + y + 6
  y = totals(paper, model, y + 14)
  payments(paper, model, y + gap)
  footers(paper, model)
  return identity ? toSignedBuffer(paper, { identity, name: model.meta.author, atMs: model.meta.createdAtMs }) : toBuffer(paper)
}

/** Who issues it at the start of the line, what it is at the end. */
function head(paper: Paper, model: InvoiceModel): number {
  const { direction, letterhead } = model
  const half = contentWidth / 2 - 12
  const start = { x: startOf(direction, margin, contentWidth, half), width: half }
  const end = { x: startOf(direction, margin, contentWidth, half, 'end'), width: half }

  let y = top
  y += write(paper, letterhead.name, { ...start, y }, direction, { size: 19, weight: 'bold', colour: ink.accent }) + 2
  for (const line of letterhead.lines) y += write(paper, line, { ...start, y }, direction, small)

  let right = top
  right += within(paper, 'H1', () => write(paper, model.heading, { ...end, y: right }, direction, { size: 19, weight: 'bold', align: 'end' }))
  if (model.legalHeading) right += write(paper, model.legalHeading, { ...end, y: right }, direction, { size: 10, weight: 'medium', align: 'end' })
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
    ornament(paper, () => paper.roundedRect(x, y, width, height, 4).lineWidth(0.9).strokeColor(ink.accent).stroke())
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
  const start = { x: startOf(direction, margin + inset, contentWidth - 2 * inset, half), width: half }
  const end = { x: startOf(direction, margin + inset, contentWidth - 2 * inset, half, 'end'), width: half }
  const rows = (): { text: string; style: Style }[] => [
    { text: payer.label, style: label }, { text: payer.name, style: { size: 12, weight: 'bold' } }, ...payer.lines.map((text) => ({ text, style: small })),
  ]
  const factRows = facts.flatMap((fact) => [{ text: fact.label, style: label }, { text: fact.value, style: { ...body, weight: 'medium' as const } }])
  const tall = (all: { text: string; style: Style }[]): number => all.reduce((sum, row) => sum + heightOf(paper, row.text, half, direction, row.style), 0)
  const height = Math.max(tall(rows()), tall(factRows)) + 22

  ground(paper, { x: margin, y, width: contentWidth, height }, 6)
  const place = (all: { text: string; style: Style }[], box: { x: number; width: number }): void => {
    let at = y + 11
    for (const row of all) at += write(paper, row.text, { ...box, y: at }, direction, row.style)
  }
  place(rows(), start)
  place(factRows, end)
  return y + height + gap
}

const totalWidth = contentWidth * 0.5
/** As wide as the table's last column, so that the sums go on under it. */
const figures = contentWidth * 0.2
const totalLabel = totalWidth - figures - cellInset
const totalStyle = ({ strong }: { strong: boolean }): Style => (strong ? { size: 12, weight: 'bold', colour: ink.accent } : body)

/** Under the sums' column, kept together on one page; what there is to say stands beside them. */
function totals(paper: Paper, model: InvoiceModel, from: number): number {
  const { direction } = model
  const width = totalWidth
  const x = startOf(direction, margin, contentWidth, width, 'end')
  const heights = model.totals.map((row) => heightOf(paper, row.label, totalLabel, model.direction, totalStyle(row)) + (row.strong ? 11 : 6))
  const y = room(paper, from, heights.reduce((sum, height) => sum + height, 0))
  const beside = contentWidth - width - gap
  const told = { x: startOf(direction, margin, contentWidth, beside), width: beside }
  const toldUntil = model.notes.reduce((at, note) => at + write(paper, note, { ...told, y: at }, direction, small), y + 3)
  const summedUntil = within(paper, 'Table', () => model.totals.reduce((at, row, index) => {
    const height = heights[index] ?? 0
    if (row.strong) ground(paper, { x, y: at, width, height: height - 3 }, 4)
    totalRow(paper, model, row, { x, y: at + (row.strong ? 4.4 : 3), width })
    return at + height
  }, y))
  return Math.max(summedUntil, toldUntil)
}

function totalRow(paper: Paper, model: InvoiceModel, { label: said, value, strong }: InvoiceModel['totals'][number], { x, y, width }: Box): void {
  const { direction } = model
  const style = totalStyle({ strong })
  within(paper, 'TR', () => {
    within(paper, 'TH', () => write(paper, said, { x: startOf(direction, x + cellInset, width - cellInset * 2, totalLabel), y, width: totalLabel }, direction, style), { scope: 'Row' })
    within(paper, 'TD', () => write(paper, value, { x: startOf(direction, x, width, figures, 'end'), y, width: figures - cellInset }, direction, { ...fitting(paper, model, value, figures - cellInset, style), align: 'figures' }))
  })
}

/** A sum is never broken over two lines: a very long one is written smaller. */
function fitting(paper: Paper, model: InvoiceModel, text: string, width: number, style: Style): Style {
  const wanted = lineWidth(paper, text, model.direction, style)
  return wanted <= width ? style : { ...style, size: (style.size * width * 0.99) / wanted }
}

function payments(paper: Paper, model: InvoiceModel, from: number): void {
  if (!model.payments) return
  const y = room(paper, from, 80)
  const { title, stamp, table } = model.payments
  const style: Style = { size: 11, weight: 'bold' }
  within(paper, 'H2', () => write(paper, title, { x: margin, y, width: contentWidth }, model.direction, style))
  write(paper, stamp, { x: margin, y, width: contentWidth }, model.direction, { ...style, colour: ink.accent, align: 'end' })
  drawTable(paper, model.direction, table, y + 20, cell)
}

function footers(paper: Paper, model: InvoiceModel): void {
  const { start, count } = paper.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    paper.switchToPage(start + index)
    const y = page.height - 48
    rule(paper, y - 8)
    const box = { x: margin, y, width: contentWidth }
    const number = fill(model.footer.page, { page: leftToRight(String(index + 1)), pages: leftToRight(String(count)) })
    ornament(paper, () => {
      write(paper, `${model.footer.left} · ${model.heading} ${model.number}`, box, model.direction, { size: 8, colour: ink.soft })
      write(paper, number, box, model.direction, { size: 8, colour: ink.soft, align: 'end' })
    })
  }
}
