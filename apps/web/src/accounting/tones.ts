import type { AccountingConnection, AccountingEntry } from '@yoman/contract/accounting'

/** How a connection and an entry look, by their state. */
export const connectionTones = { off: 'neutral', testing: 'info', connected: 'success', refused: 'danger', reconnect: 'danger' } as const satisfies Record<AccountingConnection['state'], string>
export const entryTones = { waiting: 'info', sending: 'info', sent: 'info', accepted: 'success', different: 'warning', missing: 'danger', refused: 'danger' } as const satisfies Record<AccountingEntry['state'], string>
