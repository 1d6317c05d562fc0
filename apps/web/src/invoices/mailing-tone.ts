import type { InvoiceSummary } from '@yoman/contract/invoices'

const tones = { queued: 'info', sending: 'info', sent: 'success', delivered: 'success', failed: 'danger', unknown: 'warning', skipped: 'neutral', no_address: 'warning', no_consent: 'warning' } as const

/** How alarming the state of an invoice's e-mail is. */
export const mailingTone = (state: InvoiceSummary['mailing']): (typeof tones)[keyof typeof tones] => tones[state]
