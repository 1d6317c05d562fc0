import { v7 as uuid } from 'uuid'
import { clinicOfToken, findProviderConnection, keepProviderConnection } from '@yoman/db/payment-links/connection'
import { linkOfCallback, lockPaymentLink } from '@yoman/db/payment-links/links'
import { hearAgain, insertHeard } from '@yoman/db/payment-links/money'
import { isUuid } from '@yoman/domain/ids'
import type { Context, Services } from '../context.ts'
import { takingCallback, transact } from '../transact.ts'
import { hashOfWord, keysOf } from './keys.ts'
import { wakeLinksOf } from './wake.ts'

/** Whose address a callback came to. */
export const findClinicOfWord = (pool: Services['pool'], word: string): Promise<string | undefined> => takingCallback(pool, (db) => clinicOfToken(db, hashOfWord(word)))

/** What the clinic's provider signs with; null where it has none any more. */
export const signingKey = (ctx: Context): Promise<string | null> => transact(ctx, async (tx) => (await keysOf(tx, ctx, await findProviderConnection(tx)))?.keys.secretKey ?? null)

/**
 * A callback that the provider signed says that something became of a page. It is not believed in more than that: the worker asks the provider.
 * The same transaction again changes nothing, unless the provider did not know it yet: then it is asked again. @returns whether it names a link of this clinic.
 */
export function hearOfMoney(ctx: Context, { pageId, linkId, transactionId }: { pageId: string; linkId: string; transactionId: string }): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const id = await linkOfCallback(tx, { pageId, linkId: isUuid(linkId) ? linkId : null })
    if (id === undefined) return false
    await lockPaymentLink(tx, id) // before its money, as whoever looks
    const connection = await keepProviderConnection(tx) // who disconnects has counted this, or comes first
    if (!connection || connection.state === 'off') return false
    const isNew = transactionId === '' || (await insertHeard(tx, { clinic_id: ctx.clinicId, id: uuid(), link_id: id, transaction_id: transactionId, state: 'heard', heard_at: ctx.now }))
    if (isNew || (await hearAgain(tx, id, transactionId))) await wakeLinksOf(tx, ctx, { id })
    return true
  })
}
