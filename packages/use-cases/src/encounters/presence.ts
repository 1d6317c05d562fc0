import { findEncounter } from '@yoman/db/encounters/queries'
import { tellPresence } from '@yoman/db/encounters/presence'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { type Scope, transact } from '../transact.ts'

export interface Presence {
  /** The window in which the note is open. */
  tab: string
  /** The live stream of that window: when it ends, so does the presence. */
  line: string
  doing: 'reading' | 'writing' | 'left'
  /** Since when, as an ISO instant of the business clock. */
  since: string
  /** The version that the window's text stands on. */
  seq: number
  /** Whether whoever else is there shall say so. */
  asks: boolean
}

/**
 * Tells the clinic's open screens that this person is in the note. Nothing is kept: screens forget who has not been heard of,
 * and whoever comes asks. Works over any number of processes.
 */
export async function tellThatHere(ctx: Context, encounterId: string, presence: Presence): Promise<void> {
  allow(ctx.actor, 'note.write')
  const { staffId } = ctx.actor
  if (!staffId) throw new Error('a presence is of a person')
  await transact(ctx, async (tx) => {
    if (!(await findEncounter(tx, encounterId))) throw new NotFound('encounter')
    await tellPresence(tx, { clinic: ctx.clinicId, name: 'presence.here', type: 'encounter', id: encounterId, patient: null, branch: null, session: ctx.sessionId, presence: { ...presence, staffId } })
  })
}

/** Tells that a window's live stream has ended: whatever it was in, it is no more. */
export const tellThatGone = (scope: Scope, line: string): Promise<void> =>
  transact(scope, (tx) => tellPresence(tx, { clinic: scope.clinicId, name: 'presence.gone', type: 'encounter', id: null, patient: null, branch: null, session: null, presence: { line } }))
