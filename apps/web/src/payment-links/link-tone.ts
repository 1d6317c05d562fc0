import type { PaymentLink } from '@yoman/contract/payment-links'

const tones = { requested: 'info', open: 'info', ending: 'neutral', paid: 'success', expired: 'neutral', cancelled: 'neutral', failed: 'danger', different: 'warning' } as const

export const linkTone = ({ state }: Pick<PaymentLink, 'state'>) => tones[state]

/** Whether it can still bring money. */
export const isLive = ({ state }: Pick<PaymentLink, 'state'>): boolean => state === 'requested' || state === 'open'
