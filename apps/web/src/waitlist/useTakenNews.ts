import { onBeforeUnmount } from 'vue'
import { dateIn, instant } from '@yoman/domain/time'
import { call } from '../api.ts'
import { branch } from '../branch.ts'
import { language, t } from '../i18n.ts'
import { onLive } from '../live.ts'
import { paths } from '../paths.ts'
import { router } from '../router.ts'
import { patientName } from '../shell/patient-name.ts'
import { toast } from '../ui/toasts.ts'
import { placeWords } from './place-words.ts'

/** Tells the desk, on whatever page it is, that a patient has taken a place by the link: nobody was there to hear it. */
export function useTakenNews(): void {
  onBeforeUnmount(
    onLive(({ name, id, session }) => {
      if (name === 'offer.answered' && session === null && id !== null) void tell(id)
    }),
  )
}

async function tell(offerId: string): Promise<void> {
  const here = branch.value
  if (!here) return
  const { items } = await call('GET /waitlist-offers', { query: { branchId: here.id } })
  const offer = items.find(({ id }) => id === offerId)
  if (offer?.status !== 'taken' || offer.answeredBy !== 'patient') return
  const date = dateIn(here.timeZone, instant(offer.startsAt)).toString()
  toast(t('waitlist.landed', { name: patientName(offer.patient, language.value) }), { detail: placeWords(offer.startsAt, here.timeZone), action: { label: t('waitlist.showDay'), run: () => void router.push(paths.diary(date)) } })
}
