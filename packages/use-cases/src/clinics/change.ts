import { saveVersion } from '@yoman/db/save-version'
import { type ClinicRow, findClinic } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { readEmail } from '@yoman/domain/people/email'
import { readPhone } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface ClinicChange {
  version: number
  name?: string
  nameEn?: string
  legalName?: string
  vatNumber?: string
  language?: 'he' | 'en'
  email?: string | null
  phone?: string | null
  overbookLimit?: number
  dental?: boolean
}

/** Throws `email_invalid`, `phone_invalid`, `stale_version`. */
export async function changeClinic(ctx: Context, { version, ...typed }: ClinicChange): Promise<ClinicRow> {
  allow(ctx.actor, 'settings.write')
  const changes = {
    ...typed,
    ...(typed.email == null ? {} : { email: emailOf(typed.email) }),
    ...(typed.phone == null ? {} : { phone: phoneOf(typed.phone) }),
  }
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'clinic', ctx.clinicId, version, changes)
    await recordEvents(tx, ctx, [{ name: 'clinic.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { fields: Object.keys(typed), version: version + 1 } }])
    const row = await findClinic(tx, ctx.clinicId)
    if (!row) throw new NotFound('clinic')
    return row
  })
}

export function emailOf(typed: string): string {
  const email = readEmail(typed)
  if (email === null) throw new Refusal('email_invalid')
  return email
}

/** E.164. */
export function phoneOf(typed: string): string {
  const phone = readPhone(typed)
  if (phone === null) throw new Refusal('phone_invalid')
  return phone
}
