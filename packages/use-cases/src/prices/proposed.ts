import { factsOfEncounter, factsOfPatient, loadPriceBook } from '@yoman/db/prices/proposals'
import { allow, allowIn } from '@yoman/domain/access'
import type { ProposedPrice } from '@yoman/domain/prices/price-list'
import { proposePrice } from '@yoman/domain/prices/propose'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

export interface ProposedPrices {
  patientId: string
  branchId: string
  /** The day that they are meant for, ISO. */
  on: string
  items: (ProposedPrice & { priceItemId: string })[]
}

/** What every item in use costs in an encounter, on the day of its visit. Throws `NotFound`. */
export function pricesForEncounter(ctx: Context, encounterId: string): Promise<ProposedPrices> {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => proposed(await loadPriceBook(db, null), await factsOfEncounter(db, encounterId)))
}

/** What every item in use costs a patient today, at a branch and with a practitioner where one is named. Throws `NotFound`. */
export function pricesForPatient(ctx: Context, patientId: string, { branchId, practitionerId }: { branchId: string; practitionerId?: string | undefined }): Promise<ProposedPrices> {
  allowIn(ctx.actor, 'plan.read', branchId)
  return read(ctx, async (db) => proposed(await loadPriceBook(db, null), await factsOfPatient(db, { patientId, branchId, practitionerId: practitionerId ?? null, now: ctx.now })))
}

function proposed({ items, lists }: Awaited<ReturnType<typeof loadPriceBook>>, facts: Awaited<ReturnType<typeof factsOfEncounter>>): ProposedPrices {
  if (!facts) throw new NotFound('visit')
  return { patientId: facts.patientId, branchId: facts.branchId, on: facts.on, items: items.filter(({ active }) => active).map((item) => ({ priceItemId: item.id, ...proposePrice(item, lists, facts) })) }
}
