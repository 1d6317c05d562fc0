import { readBody, send, type Exchange } from '../post-office/exchange.ts'
import type { Ledger, StandInEntry } from './ledger.ts'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const shekels = (agorot: number): string => (agorot / 100).toFixed(2)

/** The ledger as a page, on which an entry is changed, deleted or typed by hand: what a bookkeeper does there. */
export function showLedger(ledger: Ledger, hint: string, { response }: Exchange): void {
  const rows = ledger.entries.map(({ id, reference, date, lines }) => `<tr><td>${id}</td><td>${date}</td><td>${escaped(reference)}</td><td>${lines.map(({ account, debit, credit }) => `${escaped(account)} ${debit > 0 ? `D ${shekels(debit)}` : `C ${shekels(credit)}`}`).join('<br>')}</td>
    <td><form method="post" action="/by-hand"><input type="hidden" name="id" value="${id}"><button name="do" value="more">+1.00</button> <button name="do" value="date">To the 1st</button> <button name="do" value="delete">Delete</button></form></td></tr>`)
  send(response, 200, 'text/html; charset=utf-8', `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stand-in of an accounting service</title><style>body{font-family:sans-serif;max-width:60rem;margin:2rem auto}td,th{padding:.3rem .8rem;text-align:start;border-bottom:1px solid #ccc}</style>
    <h1>Stand-in of an accounting service</h1><p>Nothing here reaches a real one. ${escaped(hint)}</p><table><tr><th>No.</th><th>Date</th><th>Details</th><th>Lines</th><th>By hand</th></tr>${rows.join('')}</table>
    <form method="post" action="/by-hand"><p><button name="do" value="type">Type an entry of 100.00 today</button> <input type="date" name="date" required></p></form>`)
}

/** What somebody does on the page. Sites of others may not: the address is the machine's own, and a form of theirs is told by its origin. */
export async function changeByHand(ledger: Ledger, { request, response }: Exchange): Promise<void> {
  if (request.headers['sec-fetch-site'] !== undefined && request.headers['sec-fetch-site'] !== 'same-origin') return send(response, 403, 'text/plain', 'Only from its own page.')
  const fields = new URLSearchParams(await readBody(request))
  apply(ledger, fields.get('do') ?? '', Number(fields.get('id')), fields.get('date') ?? '')
  send(response, 303, 'text/plain', '', { Location: '/' })
}

function apply(ledger: Ledger, what: string, id: number, date: string): void {
  const entry = ledger.entries.find((one) => one.id === id)
  if (what === 'delete') ledger.remove(id)
  if (what === 'more' && entry) ledger.change(id, { lines: oneMore(entry) })
  if (what === 'date' && entry) ledger.change(id, { date: `${entry.date.slice(0, 8)}${entry.date.endsWith('-01') ? '02' : '01'}` })
  if (what === 'type' && /^\d{4}-\d\d-\d\d$/.test(date)) ledger.add({ reference: 'Typed by hand', date, lines: [{ account: '1001', debit: 10_000, credit: 0 }, { account: '6000', debit: 0, credit: 10_000 }] })
}

/** A shekel more on the first debit and the first credit, so that it still balances. */
function oneMore({ lines }: StandInEntry): StandInEntry['lines'] {
  const [debit, credit] = [lines.findIndex((line) => line.debit > 0), lines.findIndex((line) => line.credit > 0)]
  return lines.map((line, index) => ({ ...line, debit: line.debit + (index === debit ? 100 : 0), credit: line.credit + (index === credit ? 100 : 0) }))
}
