import type { Fault } from '@yoman/domain/messages/sms-codes'

/** What a provider answered to one try, the same for SMS and e-mail. */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
  /** It will never take this one. */
  | { kind: 'rejected'; code: string; permanent: true; fault: Fault; optedOut: boolean }
  /** It did not take it and may take it later. */
  | { kind: 'retry_later'; afterSeconds: number; code: string }
  /** Nobody can say whether it took it: look at its list before trying again. */
  | { kind: 'unknown'; reason: string }

export const rejected = (code: string, fault: Fault): Outcome => ({ kind: 'rejected', code, permanent: true, fault, optedOut: fault === 'opted_out' })
