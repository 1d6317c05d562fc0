import { instant, isAfter } from '@yoman/domain/time'
import { call } from '../api.ts'
import { branch } from '../branch.ts'
import { businessNow } from '../clock.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { toast } from '../ui/toasts.ts'
import { openFill } from './dialogs.ts'
import { placeWords } from './place-words.ts'

/**
 * After a visit has left its place: says how many of those who wait could take it, with a button that shows them. Silent where
 * nobody could, and where the place is over; nothing waits for it.
 */
export async function proposeFill({ practitionerId, startsAt }: { practitionerId: string; startsAt: string }): Promise<void> {
  const here = branch.value
  if (!here || !may('waitlist.read') || !isAfter(instant(startsAt), businessNow())) return
  const place = { branchId: here.id, practitionerId, startsAt }
  try {
    const { items } = await call('POST /waitlist-matches', { body: place })
    if (items.length === 0) return
    toast(t('waitlist.freed', { at: placeWords(startsAt, here.timeZone) }), { detail: t('waitlist.freedFit', {}, items.length), action: { label: t('waitlist.fill'), run: () => openFill(place) } })
  } catch {
    // Only a proposal, and the side list makes it too: what the person did has succeeded, and its message must not be followed by a failure.
  }
}
