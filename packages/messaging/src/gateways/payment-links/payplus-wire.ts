import type { PageRequest, ProviderMoney } from '@yoman/domain/payment-links/provider'

type Fields = Record<string, unknown>

/** Languages that PayPlus's page is known to speak; who reads Arabic reads Hebrew here more often than English. */
const languages = { he: 'he', ar: 'he', ru: 'en', en: 'en' } as const

/** A charge at once (`charge_method` 1, J4) of one sum. PayPlus writes no invoice and mails nobody: the documents are ours. */
export const pageBody = (pageUid: string, { linkId, amount, language, payerName, minutes, callbackUrl }: PageRequest): Fields => ({
  payment_page_uid: pageUid, charge_method: 1, amount: amount / 100, currency_code: 'ILS', language_code: languages[language], expiry_datetime: String(minutes),
  sendEmailApproval: false, sendEmailFailure: false, initial_invoice: false, create_token: false, send_failure_callback: false,
  refURL_callback: callbackUrl, more_info: linkId, customer: { customer_name: payerName },
})

const objectIn = (of: Fields, key: string): Fields | null => {
  const value = of[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null // seen to be one
}

const textIn = (of: Fields, ...keys: string[]): string => {
  for (const key of keys) {
    const value = of[key]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return ''
}

/** Transactions of an answer to `ipn-full`: one, flat or as callbacks have it, and those that belong to it. */
export function transactionsOf(body: Fields): Fields[] {
  const data = objectIn(body, 'data')
  if (!data) return []
  const related = Array.isArray(data['related_transactions']) ? (data['related_transactions'] as unknown[]).filter((one): one is Fields => typeof one === 'object' && one !== null) : []
  return [flat(data), ...related.map(flat)]
}

/** The fields of a transaction in one place: a callback has them under `transaction`, and the card under `data`. */
function flat(of: Fields): Fields {
  const transaction = objectIn(of, 'transaction')
  const card = objectIn(objectIn(of, 'data') ?? {}, 'card_information') ?? objectIn(of, 'card_information') ?? {}
  const payments = objectIn(transaction ?? {}, 'payments') ?? {}
  return { ...of, ...card, ...payments, ...transaction }
}

/** Money: charges that were approved. A refund, a check of a card (J2) and a hold (J5) are none. */
export const approved = (transactions: readonly Fields[]): ProviderMoney[] =>
  transactions.flatMap((one) => {
    const transactionId = textIn(one, 'transaction_uid', 'uid')
    const type = textIn(one, 'transaction_type', 'type')
    if (transactionId === '' || transactionId.length > 100 || textIn(one, 'status_code') !== '000' || (type !== '' && !/^charge/i.test(type))) return []
    return [moneyOf(transactionId, one)]
  })

function moneyOf(transactionId: string, one: Fields): ProviderMoney {
  const lastFour = textIn(one, 'four_digits')
  const instalments = Number(textIn(one, 'number_of_payments'))
  return {
    transactionId, amount: agorotOf(one['amount']), currency: textIn(one, 'currency', 'currency_code').toUpperCase().slice(0, 8), linkId: textIn(one, 'more_info').slice(0, 100),
    method: /bit/i.test(textIn(one, 'alternative_method_name', 'method')) ? 'bit' : 'card', approval: textIn(one, 'approval_num', 'approval_number').slice(0, 40),
    lastFour: /^\d{4}$/.test(lastFour) ? lastFour : null, brand: brandOf(textIn(one, 'brand_name')), instalments: Number.isInteger(instalments) && instalments >= 1 && instalments <= 36 ? instalments : 1,
  }
}

/** Shekels, as a number or as text, to agorot; null where it is neither, or has parts of an agora. */
function agorotOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(text) ?? []
  return whole === '' ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

const brands = ['visa', 'mastercard', 'isracard', 'amex', 'diners'] as const

function brandOf(name: string): ProviderMoney['brand'] {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '')
  return plain === '' ? null : (brands.find((one) => plain.includes(one)) ?? 'other')
}
