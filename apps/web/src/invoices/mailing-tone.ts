import type { InvoiceSummary } from '@yoman/contract/invoices'

const tones = { queued: 'info', sending: 'info', sent: 'success', delivered: 'success', failed: 'danger', unknown: 'warning', skipped: 'neutral', no_address: 'neutral', no_consent: 'neutral', allocation_awaited: 'warning' } as const

/** How alarming the state of an invoice's e-mail is. Who wants none, or has no address, is no alarm: half of a clinic's patients are so. */
export const mailingTone = (state: InvoiceSummary['mailing']): (typeof tones)[keyof typeof tones] => tones[state]
