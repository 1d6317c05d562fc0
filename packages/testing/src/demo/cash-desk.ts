import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant, PlainDate } from '@yoman/domain/time'
import { v5 as named } from 'uuid'
import { closeCashDesk } from '@yoman/use-cases/cash-desk/close'
import { cashDesk } from '@yoman/use-cases/cash-desk/read'
import { type Context, systemContext } from '@yoman/use-cases/context'
import type { DemoClinic } from './clinic.ts'

const days = 7
const stays = 30_000

/** The desks of the last week, closed each evening on which money came in; once ten shekels were missing. */
export async function closeDesks({ pool, vault }: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  for (const [place, branch] of clinic.branches.entries())
    for (let ago = days; ago > 0; ago -= 1) {
      const evening = today.subtract({ days: ago }).toZonedDateTime({ timeZone: 'Asia/Jerusalem', plainTime: '20:30' }).toInstant()
      const ctx: Context = { ...systemContext({ pool, vault }, clinic.clinicId, evening), actor: { kind: 'staff', staffId: clinic.receptionistId, roles: ['receptionist'], branchIds: [] } }
      await closeOne(ctx, branch.id, today.subtract({ days: ago }), place === 0 && ago === 4)
    }
}

async function closeOne(ctx: Context, branchId: string, day: PlainDate, missing: boolean): Promise<void> {
  const { means, payments } = await cashDesk(ctx, branchId, day)
  if (payments.length === 0) return
  const cash = means.find(({ method }) => method === 'cash')?.expected ?? 0
  const short = missing && cash >= 1_000 ? 1_000 : 0
  await closeCashDesk(ctx, {
    id: named(`cash desk ${day.toString()}`, branchId), branchId, day, left: Math.min(stays, cash - short),
    counted: means.map((one) => (one.method === 'cash' && short > 0 ? { ...one, counted: one.expected - short, reason: 'עודף שניתן בטעות' } : { ...one, counted: one.expected, reason: '' })),
  })
}
