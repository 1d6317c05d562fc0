import type { Agorot } from '../money/agorot.ts'

/** What a clinic was given by its provider. `pageUid` names the payment page that the clinic set up there. */
export interface ProviderKeys {
  apiKey: string
  secretKey: string
  pageUid: string
}

/** A page to be paid on. Nothing of a treatment is told. */
export interface PageRequest {
  /** Comes back with the money, so that it finds its link whatever became of the answer. */
  linkId: string
  amount: Agorot
  language: 'he' | 'ar' | 'ru' | 'en'
  payerName: string
  /** How long the page may be paid on. */
  minutes: number
  /** Where the provider tells that money came. */
  callbackUrl: string
}

/** Money that a provider has taken for a clinic. */
export interface ProviderMoney {
  transactionId: string
  /** Null where the provider tells none that can be read. */
  amount: Agorot | null
  /** ISO 4217. */
  currency: string
  method: 'card' | 'bit'
  /** Of the link, as the page was asked for; empty where the provider says none. */
  linkId: string
  approval: string
  lastFour: string | null
  brand: 'visa' | 'mastercard' | 'isracard' | 'amex' | 'diners' | 'other' | null
  /** 1 to 36. */
  instalments: number
}

/** `refused`: the provider does not do it, and will not when asked again. `unreachable`: nobody answered well, and it may be asked again. */
export type NoAnswer = { kind: 'refused'; message: string } | { kind: 'unauthorised' } | { kind: 'unreachable'; message: string }

/** Who takes money on a page of their own. Nothing here throws for what the network or the provider does: whatever happened is in the answer. */
export interface PaymentProvider {
  /** A harmless question that only the right keys are answered. */
  check(keys: ProviderKeys): Promise<{ kind: 'good' } | NoAnswer>
  openPage(keys: ProviderKeys, request: PageRequest): Promise<{ kind: 'opened'; pageId: string; url: string } | NoAnswer>
  /** Money that came on a page, and the named transactions besides: of all that is known, what was approved. No page: one whose answer was lost. */
  moneyOf(keys: ProviderKeys, asked: { pageId: string | null; transactionIds: readonly string[] }): Promise<{ kind: 'known'; money: ProviderMoney[] } | NoAnswer>
  /** Nobody can pay on the page any more. */
  closePage(keys: ProviderKeys, pageId: string): Promise<{ kind: 'closed' } | NoAnswer>
}
