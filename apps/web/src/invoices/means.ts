import type { Means } from '@yoman/contract/means'
import { plainDate } from '@yoman/domain/time'
import type { Words } from '../locales/words.ts'
import { newId } from '../new-id.ts'
import { readShekels } from './read-shekels.ts'

/** One means of payment as it is typed. */
export interface MeansTyped {
  id: string
  method: Means['method']
  amount: string
  reference: string
  cheque: { number: string; bank: string; branch: string; account: string; dueOn: string | null }
  card: { brand: NonNullable<Means['card']>['brand']; lastFour: string; instalments: number | null }
}

export const newMeans = (agorot: number, today: string, method: Means['method'] = 'card'): MeansTyped => ({
  id: newId(), method, amount: suggested(method, agorot), reference: '',
  cheque: { number: '', bank: '', branch: '', account: '', dueOn: today },
  card: { brand: null, lastFour: '', instalments: 1 },
})

/** What is left to pay, as this means pays it: cash in tens of agorot (1-4 down, 5-9 up), others exactly. */
export const suggested = (method: Means['method'], agorot: number): string => (agorot <= 0 ? '' : String((method === 'cash' ? Math.round(agorot / 10) * 10 : agorot) / 100))

/** The cheques that patients give at once are mostly of one book, a month apart: the next one is filled in from the one before. */
export function nextCheque(before: MeansTyped, agorot: number, today: string): MeansTyped {
  const { number, bank, branch, account, dueOn } = before.cheque
  const next = /^\d{1,10}$/.test(number) ? String(BigInt(number) + 1n).padStart(number.length, '0').slice(0, 10) : ''
  return { ...newMeans(agorot, today, 'cheque'), cheque: { number: next, bank, branch, account, dueOn: dueOn === null ? today : aMonthLater(dueOn) } }
}

/** What is sent, or why it cannot be. */
export function readMeans(typed: MeansTyped): Means | Words {
  const { id, method, reference } = typed
  const amountAgorot = readShekels(typed.amount)
  if (amountAgorot === null) return 'invoices.means.moneyIncomplete'
  const plain = { id, method, amountAgorot, reference: reference.trim() }
  if (method === 'cheque') return withCheque(plain, typed.cheque)
  return method === 'card' ? withCard(plain, typed.card) : plain
}

function withCheque(plain: Means, { dueOn, ...typed }: MeansTyped['cheque']): Means | Words {
  const [number, bank, branch, account] = [typed.number, typed.bank, typed.branch, typed.account].map((text) => text.replace(/[\s-]/g, ''))
  if (dueOn === null || !fits(number, 1, 10) || !fits(bank, 1, 3) || !fits(branch, 1, 4) || !fits(account, 2, 15)) return 'invoices.cheque.incomplete'
  return { ...plain, cheque: { number, bank, branch, account, dueOn } }
}

function withCard(plain: Means, { brand, lastFour, instalments }: MeansTyped['card']): Means | Words {
  const four = lastFour.trim()
  if (four !== '' && !fits(four, 4, 4)) return 'invoices.card.lastFourWrong'
  return { ...plain, card: { brand, lastFour: four === '' ? null : four, instalments: instalments ?? 1 } }
}

const fits = (text: string | undefined, least: number, most: number): text is string => text !== undefined && /^\d+$/.test(text) && text.length >= least && text.length <= most

/** The same day of the next month, or that month's last. */
function aMonthLater(iso: string): string {
  return plainDate(iso).add({ months: 1 }).toString()
}
