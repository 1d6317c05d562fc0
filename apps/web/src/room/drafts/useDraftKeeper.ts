import { businessNow } from '../../clock.ts'
import { newId } from '../../new-id.ts'
import { me } from '../../session.ts'
import { type DeviceDraft, forgetDraft, holdDraft, keepDraft } from './device-drafts.ts'
import { canSeal, type DraftKeys, draftKeys } from './draft-keys.ts'
import { type DraftLine, draftLine } from './draft-line.ts'
import { keepInWindow } from './window-drafts.ts'

/** `keeps`: not where the page is not secure, nor where the browser keeps nothing. */
export interface DraftKeeper extends Pick<DraftLine, 'keeps' | 'settled' | 'idle'> {
  /** Puts these words away, or with null what was put away before. */
  put(body: string | null): void
  /** The note is on the screen no more: what never arrived is offered again from now on. */
  close(): Promise<void>
}

/** Keeps on this device what is typed into one note, from its first letter until the server has it. */
export function useDraftKeeper(about: Pick<DeviceDraft, 'encounterId' | 'appointmentId' | 'patient'>): DraftKeeper {
  const id = newId()
  const letGo = holdDraft(id)
  const author = me.value?.staffId
  let mine: DraftKeys | null = null // held for the last letters of a session that has ended
  const line = draftLine({
    able: canSeal(),
    keep: async (words, final) => {
      mine ??= await draftKeys()
      await keepDraft({ id, ...about, ...words }, mine, final)
    },
    forget: () => forgetDraft(id),
  })
  if (canSeal()) void draftKeys().then((keys) => (mine = keys), () => undefined) // before the network may be gone; `keep` asks again
  const close = async (): Promise<void> => {
    const left = await line.end()
    if (left && author !== undefined) keepInWindow({ id, ...about, ...left }, author)
    await letGo()
  }
  return { ...line, put: (body) => line.put(body === null ? null : { body, at: businessNow().toString() }), close }
}
