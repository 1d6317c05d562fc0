import type { Tx } from '@yoman/db/database'
import { type Channel, type TextChannel, type VisitFacts, loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { addressOf } from './compose.ts'

export interface WayToTell {
  channel: TextChannel
  address: string
  facts: VisitFacts
}

/**
 * How news of a visit reaches its patient: the way that they were told by last, else the other one (by SMS first where that was WhatsApp or a call, which remind and say nothing else); null where both are refused, dead or
 * unknown. The visit stays as it is until the transaction ends.
 */
export async function wayToTell(tx: Tx, appointmentId: string, toldBy: Channel): Promise<WayToTell | null> {
  for (const channel of toldBy === 'email' ? (['email', 'sms'] as const) : (['sms', 'email'] as const)) {
    const facts = await loadVisitFacts(tx, appointmentId, channel, true)
    if (!facts) return null
    const address = addressOf(facts, channel)
    if (!facts.refused && address !== null) return { channel, address, facts }
  }
  return null
}
