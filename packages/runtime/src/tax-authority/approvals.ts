import { sendJson, type Exchange, readJson } from '../post-office/exchange.ts'

/** A document that the stand-in was asked about, as it was asked. */
export type Asked = Record<string, unknown> & { invoice_id: string }

/** Hands out numbers, the same for the same document however often it is asked about. */
export class Approvals {
  readonly #numbers = new Map<string, string>()
  /** Every request that was taken in, in order. */
  readonly asked: Asked[] = []
  /** Documents to these dealers are refused with the code. */
  readonly refusals = new Map<string, number>()

  numberOf(invoiceId: string): string | undefined {
    return this.#numbers.get(invoiceId)
  }

  /** How many documents have a number. */
  get given(): number {
    return this.#numbers.size
  }

  /** @returns what is answered; the number is remembered before anything leaves. */
  async decide({ request }: Exchange): Promise<{ status: number; body: Record<string, unknown> }> {
    const asked = (await readJson(request)) as Asked
    if (typeof asked?.invoice_id !== 'string') return { status: 400, body: { status: 400, message: 'invoice_id is missing', approved: false } }
    this.asked.push(asked)
    const code = this.refusals.get(String(asked['customer_vat_number']))
    if (code !== undefined) return { status: code, body: { status: code, message: `Refused by the stand-in (${code})`, confirmation_number: '0', approved: false } }
    const number = this.#numbers.get(asked.invoice_id) ?? this.#next()
    this.#numbers.set(asked.invoice_id, number)
    return { status: 200, body: { status: 200, message: 'The invoice was approved', confirmation_number: number, approved: true } }
  }

  #next(): string {
    return `2026112200000${String(100_000_001 + this.#numbers.size)}`
  }
}

export const answer = ({ response }: Exchange, { status, body }: { status: number; body: Record<string, unknown> }): void => sendJson(response, status, body)
