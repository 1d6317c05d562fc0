import type { AccountingConnectionRow } from '@yoman/db/accounting/connection'
import type { Tx } from '@yoman/db/database'
import type { AccountingSecret, OpenAccounting } from '@yoman/domain/accounting/connection'
import type { AccountingService } from '@yoman/domain/accounting/service'
import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'

/** With what a worker works. `machineClock`: leases follow the machine's time, since the demo moves the other. */
export interface Accounting {
  open: OpenAccounting
  machineClock: Clock
  /** How long looking for an entry and writing it may take together: at least four times what the adapter waits for one answer. */
  leaseSeconds: number
}

const placeOf = (id: string) => ({ table: 'accounting_connection', column: 'secret_sealed', rowId: id })

/** Sealed under the clinic's key: it comes out by no route, and to the worker alone. */
export async function sealSecret(tx: Tx, ctx: Context, id: string, { user, key, report }: AccountingSecret): Promise<Buffer> {
  const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
  return sealer.seal(placeOf(id), JSON.stringify({ user, key, report }))
}

/** The service of a connection that is not off. */
export async function serviceOf(tx: Tx, ctx: Context, open: OpenAccounting, { id, service, address, company, secret_sealed: sealed }: AccountingConnectionRow): Promise<AccountingService> {
  if (!sealed) throw new Error('a connection that is not off has its secret')
  const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
  return open({ service, address, company }, JSON.parse(sealer.open(placeOf(id), sealed)) as AccountingSecret) // written above
}
