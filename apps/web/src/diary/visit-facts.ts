import { CircleParking } from '@lucide/vue'
import { defineAsyncComponent } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import type { Parked } from '@yoman/contract/parking'
import { colleague } from '../colleagues.ts'
import { businessNow } from '../clock.ts'
import { language, t } from '../i18n.ts'
import { may } from '../session.ts'
import { phoneText } from '../ui/phone-text.ts'
import { showClock } from '../ui/show-times.ts'
import { mainStepOf } from './flow.ts'
import { flagsOf, nameOf } from './grid-data.ts'
import type { GridFacts } from './grid/grid-model.ts'

const StepButton = defineAsyncComponent(() => import('./StepButton.vue'))

interface Names {
  zone: string
  visitTypeName: (id: string) => string
  resourceName: (id: string) => string
}

/** What is told of a visit when its card is pointed at: enough to answer the phone without a click. How much is owed is not said, only that something is. */
export function factsOf(visit: DiaryVisit, parked: Parked | undefined, { zone, visitTypeName, resourceName }: Names): GridFacts {
  const clock = (at: string): string => showClock(at, zone, language.value)
  const places = visit.resourceIds.filter((id) => id !== visit.practitionerId).map(resourceName).join(', ')
  return {
    title: nameOf(visit.patient),
    lines: [
      ...(visit.patient.phone ? [{ label: t('diary.phone'), text: phoneText(visit.patient.phone), ltr: true }] : []),
      { label: t('diary.time'), text: `${clock(visit.startsAt)}–${clock(visit.endsAt)}`, ltr: true },
      { label: t('diary.visitType'), text: visitTypeName(visit.visitTypeId) },
      { label: t('diary.practitioner'), text: [resourceName(visit.practitionerId), places].filter(Boolean).join(' · ') },
      { label: t('diary.statusLabel'), text: [t(`diary.status.${visit.status}`), visit.saidByPatientAt === null ? '' : t('diary.byPatientAt', { at: clock(visit.saidByPatientAt) }), visit.ticket === null ? '' : t('diary.flow.ticket', { n: visit.ticket })].filter(Boolean).join(' · ') },
    ],
    flags: [...flagsOf({ ...visit, deskNote: '' }), ...(parked ? [{ icon: CircleParking, label: parked.byName === null ? t('diary.parked') : t('diary.parkedBy', { name: colleague(parked.byName) }) }] : [])],
    note: visit.deskNote,
    ...(may('appointment.flow') && mainStepOf(visit, businessNow(), zone) ? { action: { component: StepButton, props: { visit, zone, size: 'sm' } } } : {}),
  }
}
