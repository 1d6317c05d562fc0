import { findOrganisation, insertOrganisation, listOrganisations, type OrganisationRow } from '@yoman/db/organisations/queries'
import type { Tx } from '@yoman/db/database'
import { saveVersion } from '@yoman/db/save-version'
import { allow } from '@yoman/domain/access'
import { type OrganisationFields, readOrganisation } from '@yoman/domain/organisations/organisation'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** Who pays and is no patient, by name; those out of use too. */
export async function readOrganisations(ctx: Context) {
  allow(ctx.actor, 'invoice.read')
  return (await read(ctx, listOrganisations)).map(view)
}

/** A repeated request finds its own. Throws what `readOrganisation` throws, and `id_taken`. */
export function addOrganisation(ctx: Context, { id, ...typed }: OrganisationFields & { id: string }) {
  allow(ctx.actor, 'invoice.write')
  const fields = readOrganisation(typed)
  return transact(ctx, async (tx) => {
    const known = await findOrganisation(tx, id)
    if (known && (known.name !== fields.name || known.dealer_number !== fields.dealerNumber)) throw new Refusal('id_taken')
    if (known) return view(known)
    const { name, nameLatin, dealerNumber, address, email, takesEmail, language } = fields
    await insertOrganisation(tx, { clinic_id: ctx.clinicId, id, name, name_latin: nameLatin, dealer_number: dealerNumber, address, email, takes_email: takesEmail, language, created_at: ctx.now })
    return settle(tx, ctx, id)
  })
}

/** Documents that were issued to it keep what it was called then. Throws `stale_version`, `NotFound` and what `readOrganisation` throws. */
export function changeOrganisation(ctx: Context, id: string, { version, active, ...typed }: OrganisationFields & { version: number; active: boolean }) {
  allow(ctx.actor, 'invoice.write')
  const fields = readOrganisation(typed)
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'organisation', id, version, { ...fields, active })
    return settle(tx, ctx, id)
  })
}

async function settle(tx: Tx, ctx: Context, id: string) {
  const row = await findOrganisation(tx, id)
  if (!row) throw new NotFound('organisation')
  await recordEvents(tx, ctx, [{ name: 'organisation.changed', subject: { type: 'organisation', id }, details: { version: row.version } }])
  return view(row)
}

const view = (row: OrganisationRow) => ({
  id: row.id, name: row.name, nameLatin: row.name_latin, dealerNumber: row.dealer_number, address: row.address, email: row.email, takesEmail: row.takes_email, language: row.language, active: row.active, version: row.version,
})
