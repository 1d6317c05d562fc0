import type { InvoiceSummary } from '@yoman/contract/invoices'

type State = NonNullable<InvoiceSummary['allocationState']>

const tones = { waiting: 'info', asking: 'info', approved: 'success', refused: 'danger', continued: 'neutral', cancelled: 'neutral' } as const

export const allocationTone = (state: State): (typeof tones)[State] => tones[state]

/** Whether the document must not leave yet. */
export const isAwaited = (state: State | null): boolean => state === 'waiting' || state === 'asking' || state === 'refused'
