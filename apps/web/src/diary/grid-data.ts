import { ClipboardList, Sparkles, StickyNote, TriangleAlert } from '@lucide/vue'
import type { Diary, DiaryHold, DiaryVisit } from '@yoman/contract/appointments'
import { language, t } from '../i18n.ts'
import { phoneText } from '../ui/phone-text.ts'
import { minuteOf } from './day-minutes.ts'
import type { GridColumn, GridEvent, Span } from './grid/grid-model.ts'
import { mayMove, statusIcons } from './visit-status.ts'

/** The people of the day: who works, and who does not but has visits. */
export function columnsOf(diary: Diary): GridColumn[] {
  const spans = (list: Diary['branchOpen']): Span[] => list.map(({ start, end }) => spanOf(start, end, diary))
  const busy = new Set([...diary.visits, ...diary.holds].map(({ practitionerId }) => practitionerId))
  return diary.columns
    .filter(({ kind, open, resourceId }) => kind === 'practitioner' && (open.length > 0 || busy.has(resourceId)))
    .map((column) => ({ id: column.resourceId, title: language.value === 'en' && column.nameEn ? column.nameEn : column.name, colour: column.colour, open: spans(column.open) }))
}

/** The hours on screen: the branch's and everybody's, widened to whole hours, never less than what is booked. */
export function daySpan(diary: Diary): Span {
  const all = [...diary.branchOpen, ...diary.columns.flatMap(({ open }) => open)].map(({ start, end }) => spanOf(start, end, diary))
  const booked = [...diary.visits, ...diary.holds].map(({ startsAt, endsAt }) => spanOf(startsAt, endsAt, diary))
  const spans = [...all, ...booked]
  if (spans.length === 0) return { start: 8 * 60, end: 18 * 60 }
  return { start: Math.floor(Math.min(...spans.map(({ start }) => start)) / 60) * 60, end: Math.ceil(Math.max(...spans.map(({ end }) => end)) / 60) * 60 }
}

/** The cards. A visit that did not change gives the very same card, so that only what changed is drawn anew. */
export function eventsOf(diary: Diary, typeName: (id: string) => string, fresh: ReadonlySet<string>): GridEvent[] {
  return [...diary.visits.map((visit) => remembered(visit, diary, typeName(visit.visitTypeId), fresh.has(visit.id))), ...diary.holds.map((hold) => held(hold, diary, typeName(hold.visitTypeId)))]
}

const made = new WeakMap<DiaryVisit, { key: string; event: GridEvent }>()

function remembered(visit: DiaryVisit, diary: Diary, type: string, fresh: boolean): GridEvent {
  const key = [language.value, diary.date, diary.timeZone, type, fresh].join('|')
  const known = made.get(visit)
  if (known?.key === key) return known.event
  const event = cardOf(visit, diary, type, fresh)
  made.set(visit, { key, event })
  return event
}

function cardOf(visit: DiaryVisit, diary: Diary, type: string, fresh: boolean): GridEvent {
  const name = nameOf(visit.patient)
  return {
    id: visit.id,
    columnId: visit.practitionerId,
    ...spanOf(visit.startsAt, visit.endsAt, diary),
    title: name,
    detail: type,
    tone: visit.status,
    icon: statusIcons[visit.status],
    toneLabel: t(`diary.status.${visit.status}`),
    flags: flagsOf(visit),
    // Left-to-right isolates: a plain tooltip has no <bdi>.
    tooltip: [name, visit.patient.phone ? `\u2066${phoneText(visit.patient.phone)}\u2069` : '', type, t(`diary.status.${visit.status}`), visit.deskNote].filter(Boolean).join('\n'),
    fixed: !mayMove(visit.status),
    fresh,
  }
}

function flagsOf(visit: DiaryVisit): GridEvent['flags'] {
  return [
    ...(visit.patient.hasAlert ? [{ icon: TriangleAlert, label: t('diary.alert') }] : []),
    ...(visit.firstVisit ? [{ icon: Sparkles, label: t('diary.flags.first') }] : []),
    ...(visit.openOrder ? [{ icon: ClipboardList, label: t('diary.flags.openOrder') }] : []),
    ...(visit.deskNote ? [{ icon: StickyNote, label: t('diary.flags.note') }] : []),
  ]
}

const held = (hold: DiaryHold, diary: Diary, type: string): GridEvent => ({
  id: hold.id,
  columnId: hold.practitionerId,
  ...spanOf(hold.startsAt, hold.endsAt, diary),
  title: t('diary.status.held'),
  detail: type,
  tone: 'held',
  icon: statusIcons.held,
  toneLabel: t('diary.status.held'),
  flags: [],
  tooltip: t('diary.status.held'),
  fixed: true,
  fresh: false,
})

/** The patient's name for the language of the screen. */
export const nameOf = (patient: { name: string; nameLatin: string }): string => (language.value === 'en' && patient.nameLatin ? patient.nameLatin : patient.name)

const spanOf = (start: string, end: string, { timeZone, date }: Diary): Span => ({ start: minuteOf(start, timeZone, date), end: minuteOf(end, timeZone, date) })
