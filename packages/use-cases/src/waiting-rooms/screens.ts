import { findScreen, insertScreen, listScreens, revokeScreen, type WaitingScreenRow } from '@yoman/db/waiting-rooms/queries'
import { allow, allowIn } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { hashSecret } from '../sessions/secrets.ts'
import { read, transact } from '../transact.ts'

export interface NewScreen {
  id: string
  branchId: string
  name: string
  language: 'he' | 'en'
  theme: 'light' | 'dark'
  chime: boolean
  /** 256 random bits in base64url. */
  secret: string
}

export async function readScreens(ctx: Context) {
  allow(ctx.actor, 'settings.read')
  return (await read(ctx, listScreens)).map(screenView)
}

/** A screen that the holder of the secret may look at. A repeated request finds its own. Throws `id_taken`, `reference_unknown`. */
export async function openScreen(ctx: Context, { id, branchId, name, language, theme, chime, secret }: NewScreen) {
  allowIn(ctx.actor, 'settings.write', branchId)
  const hash = hashSecret(secret)
  return transact(ctx, async (tx) => {
    const mine = await findScreen(tx, id)
    if (mine && (!mine.hash.equals(hash) || mine.branch_id !== branchId)) throw new Refusal('id_taken')
    if (mine) return screenView(mine)
    const row = { clinic_id: ctx.clinicId, id, branch_id: branchId, name, language, theme, chime, hash, created_by: ctx.actor.staffId, created_at: ctx.now, revoked_at: null }
    await insertScreen(tx, row)
    await recordEvents(tx, ctx, [{ name: 'waiting_screen.opened', subject: { type: 'waiting_screen', id }, branchId }])
    return screenView(row)
  })
}

/** Switches a screen off for good. Throws `NotFound`. */
export async function closeScreen(ctx: Context, id: string) {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const screen = await findScreen(tx, id)
    if (!screen) throw new NotFound('waiting_screen')
    allowIn(ctx.actor, 'settings.write', screen.branch_id)
    if (await revokeScreen(tx, id, ctx.now)) await recordEvents(tx, ctx, [{ name: 'waiting_screen.revoked', subject: { type: 'waiting_screen', id }, branchId: screen.branch_id }])
    return screenView({ ...screen, revoked_at: screen.revoked_at ?? ctx.now })
  })
}

const screenView = (row: WaitingScreenRow) => ({
  id: row.id,
  branchId: row.branch_id,
  name: row.name,
  language: row.language,
  theme: row.theme,
  chime: row.chime,
  createdAt: row.created_at.toString(),
  revokedAt: row.revoked_at?.toString() ?? null,
})
