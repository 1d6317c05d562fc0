import { ClipboardList, FileWarning, Layers2, Repeat, Sparkles, StickyNote, TriangleAlert, UserX, WalletMinimal } from '@lucide/vue'
import type { Diary, DiaryHold, DiaryVisit } from '@yoman/contract/diary'
import { colleague } from '../colleagues.ts'
import { language, t } from '../i18n.ts'
import { phoneText } from '../ui/phone-text.ts'
import type { GridEvent, GridFacts } from './grid/grid-model.ts'
import { columnKey, dateOf, lanesTaken, spanOf } from './views/columns.ts'
import type { LaneKind } from './views/view-state.ts'
import { mayMove, statusIcons } from './visit-status.ts'

/** What the columns are, who the people are called, and which ids of a visit's resources are such columns. */
export interface Lanes {
  kind: LaneKind
  isLane: (id: string) => boolean
  nameOf: (resourceId: string) => string
  /** To whom a held place is offered. */
  offeredTo?: (holdId: string) => readonly string[]
}

/** The cards. A visit that did not change gives the very same cards, so that only what changed is drawn anew. */
export function eventsOf(diary: Diary, lanes: Lanes, typeName: (id: string) => string, fresh: ReadonlySet<string>): GridEvent[] {
  return [
    ...diary.visits.flatMap((visit) => remembered(visit, diary, lanes, typeName(visit.visitTypeId), fresh.has(visit.id))),
    ...diary.holds.flatMap((hold) => inColumns(held(hold, diary, typeName(hold.visitTypeId), lanes.offeredTo?.(hold.id) ?? []), hold, diary, lanes)),
  ]
}

/** The visit or hold of a card. What occupies several columns has a card in each. */
export const idOfCard = (cardId: string): string => cardId.split('@')[0] ?? cardId

function inColumns(card: GridEvent, taken: DiaryVisit | DiaryHold, diary: Diary, { kind, isLane }: Lanes): GridEvent[] {
  const date = dateOf(taken.startsAt, diary)
  return lanesTaken(taken, isLane, kind).map((laneId, index) => ({ ...card, id: index === 0 ? card.id : `${card.id}@${laneId}`, columnId: columnKey(date, laneId, diary) }))
}

const made = new WeakMap<DiaryVisit, { key: string; events: GridEvent[] }>()

function remembered(visit: DiaryVisit, diary: Diary, lanes: Lanes, type: string, fresh: boolean): GridEvent[] {
  // Under a room's name it has to be said whose visit it is.
  const detail = lanes.kind === 'people' ? type : `${lanes.nameOf(visit.practitionerId)} · ${type}`
  const key = [language.value, diary.date, diary.days, diary.timeZone, lanes.kind, detail, fresh].join('|')
  const known = made.get(visit)
  if (known?.key === key) return known.events
  const events = inColumns({ ...cardOf(visit, diary, type, fresh), detail }, visit, diary, lanes)
  made.set(visit, { key, events })
  return events
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
    tooltip: [name, visit.patient.phone ? `\u2066${phoneText(visit.patient.phone)}\u2069` : '', type, t(`diary.status.${visit.status}`), visit.overbookReason === null ? '' : t('resources.overbook.flag', { reason: visit.overbookReason }), visit.deskNote].filter(Boolean).join('\n'),
    fixed: !mayMove(visit.status),
    fresh,
  }
}

/** What a card marks, as icons with words. */
export function flagsOf(visit: DiaryVisit): GridFacts['flags'] {
  return [
    ...(visit.overbookReason === null ? [] : [{ icon: Layers2, label: t('resources.overbook.flag', { reason: visit.overbookReason }) }]),
    ...(visit.patient.hasAlert ? [{ icon: TriangleAlert, label: t('diary.alert'), warns: true }] : []),
    ...(visit.paper && !visit.paper.received ? [{ icon: FileWarning, label: t(`papers.missing.${visit.paper.kind}`), warns: true }] : []),
    ...(visit.owes ? [{ icon: WalletMinimal, label: t('diary.flags.owes'), warns: true }] : []),
    ...(visit.noShows > 0 ? [{ icon: UserX, label: t('diary.flags.noShows', {}, visit.noShows), warns: true }] : []),
    ...(visit.firstVisit ? [{ icon: Sparkles, label: t('diary.flags.first') }] : []),
    ...(visit.openOrder ? [{ icon: ClipboardList, label: t('diary.flags.openOrder') }] : []),
    ...(visit.series ? [{ icon: Repeat, label: t('series.open', { place: visit.series.place, of: visit.series.of }) }] : []),
    ...(visit.deskNote ? [{ icon: StickyNote, label: t('diary.flags.note') }] : []),
  ]
}

function held(hold: DiaryHold, diary: Diary, type: string, offered: readonly string[]): GridEvent {
  const title = offered.length > 0 ? t('waitlist.offeredTo', { names: offered.join(', ') }) : hold.mine ? t('diary.heldMine') : hold.byName === null ? t('diary.status.held') : t('diary.heldBy', { name: colleague(hold.byName) })
  return {
    id: hold.id,
    columnId: hold.practitionerId,
    ...spanOf(hold.startsAt, hold.endsAt, diary),
    title,
    detail: type,
    tone: 'held',
    icon: statusIcons.held,
    toneLabel: t('diary.status.held'),
    flags: [],
    tooltip: title,
    fixed: true,
    fresh: false,
  }
}

/** The patient's name for the language of the screen. */
export const nameOf = (patient: { name: string; nameLatin: string }): string => (language.value === 'en' && patient.nameLatin ? patient.nameLatin : patient.name)
