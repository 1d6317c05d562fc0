import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { placeBlock } from '@yoman/use-cases/blocks/place'
import { systemContext } from '@yoman/use-cases/context'
import type { DemoClinic } from './clinic.ts'
import type { Random } from './random.ts'

const weeks = 26

/** The whole staff meets on Tuesdays over lunch, half a year ahead; it hits nobody's visit, for nobody works then. */
export async function placeMeetings(random: Random, { pool, vault }: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  await placeBlock(systemContext({ pool, vault }, clinic.clinicId, now), {
    id: random.id(),
    kind: 'meeting',
    branchId: null,
    resourceIds: clinic.practitioners.map(({ id }) => id),
    fromDate: today.toString(),
    toDate: today.add({ weeks }).toString(),
    weekdays: [2],
    starts: '13:00',
    ends: '14:00',
    title: 'ישיבת צוות',
    privateNote: '',
  })
}
