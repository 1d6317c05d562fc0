import { instant, isBefore, minutesBetween } from '@yoman/domain/time'
import type { Appointment } from '@yoman/contract/appointments'
import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import { call, renew } from '../api.ts'
import { queryClient } from '../cache.ts'
import { branch } from '../branch.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { followAction, nextVisitAction } from '../series/next-actions.ts'
import { ApiProblem } from '../request.ts'
import { may } from '../session.ts'
import { toast } from '../ui/toasts.ts'
import { proposeFill } from '../waitlist/propose-fill.ts'
import { clash, isClash } from './dialogs/clash-dialog.ts'
import { conflict, lastChangeOf, type Conflict, type Mine } from './dialogs/conflict-dialog.ts'
import { nameOf } from './grid-data.ts'
import { showThereAction } from './show-visit.ts'
import { inLanguage } from './practitioner-options.ts'
import { changesBetween } from './visit-changes.ts'
import { makeUnanswered } from './unanswered.ts'
import type { Status, StepRoute } from './visit-status.ts'

/*
 * What the diary does to a visit: at once on the screen, then on the server; a refusal puts it back and says why.
 * Writes to one visit wait for each other, and each sends the version that the one before brought.
 */
export interface Change {
  startsAt: string
  endsAt: string
  practitionerId: string
  outsideHours: boolean
  /** Another room, chair or device. */
  places?: PlaceChange
}

/** What a change of places sends, what takes it back, and all that the visit occupies then. */
export interface PlaceChange {
  send: { placeId?: string | null; alsoIds?: string[] }
  back: PlaceChange['send']
  resourceIds: string[]
}

const lines = new Map<string, Promise<unknown>>()
const versions = new Map<string, number>()
export const ownIds = new Map<string, number>()

/** Moves or resizes; `words` is the message, with an undo that puts it back where it was; `undone` is what else belongs to that. */
export async function changeVisit(visit: DiaryVisit, change: Change, words: 'diary.moved' | 'diary.resized', detail: string, undone?: () => Promise<unknown>): Promise<void> {
  const before: Change = { startsAt: visit.startsAt, endsAt: visit.endsAt, practitionerId: visit.practitionerId, outsideHours: may('appointment.outside_hours'), ...(change.places ? { places: { send: change.places.back, back: change.places.send, resourceIds: visit.resourceIds } } : {}) }
  say(visit.id, change)
  await write(visit, () => call('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: versionOf(visit), ...placeOf(visit, change) } }))
    .then(() => toast(t(words, { name: nameOf(visit.patient) }), { detail, undo: () => void undoChange(visit, before).then(undone), action: followAction(visit, change) }))
    .then(() => void (leaves(before, change) && proposeFill(before)))
    .catch((error: unknown) => (isClash(error) ? askInstead(visit, change, error) : lose(visit, error, change, (now) => changeVisit(now, change, words, detail, undone))))
}

/** Writes the note for the desk; `kept` hears that somebody else's stays instead. */
export async function changeNote(visit: DiaryVisit, deskNote: string, kept?: () => void): Promise<void> {
  await write(visit, () => call('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: versionOf(visit), deskNote } }))
    .then(() => toast(t('diary.noteSaved', { name: nameOf(visit.patient) }), { undo: () => void changeNote({ ...visit, deskNote }, visit.deskNote) }))
    .catch((error: unknown) => lose(visit, error, { deskNote }, (now) => changeNote(now, deskNote, kept), kept))
}

/** The card goes back where it was, and what is in the way is told together with what may be done instead. */
function askInstead(visit: DiaryVisit, { startsAt, endsAt, practitionerId, outsideHours }: Change, problem: ApiProblem): void {
  renew('GET /diary', 'GET /appointments/:id')
  clash.value = { visit, wished: { startsAt, endsAt, practitionerId, outsideHours }, problem }
}

export interface Target {
  practitionerId: string
  /** The room, chair, people and devices that were chosen, and those it had; what is not named stays where it can. */
  places?: Omit<PlaceChange, 'resourceIds'>
  startsAt: string
  /** Minutes. */
  length: number
  outsideHours: boolean
  /** Over the visits that stand there. */
  overbook?: { reason: string; places: boolean }
}

/** Moves to a place that was filled in; it shows when it is done. Throws `ApiProblem`, which belongs into the form. */
export async function moveVisit(visit: DiaryVisit, { practitionerId, startsAt, length, places, outsideHours, overbook }: Target, detail: string): Promise<void> {
  const before: Change = { startsAt: visit.startsAt, endsAt: visit.endsAt, practitionerId: visit.practitionerId, outsideHours: may('appointment.outside_hours'), ...(places ? { places: { send: places.back, back: places.send, resourceIds: visit.resourceIds } } : {}) }
  await write(visit, () =>
    call('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: versionOf(visit), practitionerId, startsAt, durationMinutes: length, ...places?.send, ...(outsideHours ? { outsideHours } : {}), ...(overbook ? { overbook } : {}) } }),
  )
  toast(t('diary.moved', { name: nameOf(visit.patient) }), { detail, undo: () => void undoChange(visit, before), action: followAction(visit, { startsAt, practitionerId }) ?? showThereAction(visit, startsAt) })
  if (leaves(before, { practitionerId, startsAt })) void proposeFill(before)
}

type Exchange = { placeId: string } | { alsoIds: string[] }

/** Another room, assistant or device at the same time; the message brings `back` what it had. Throws `ApiProblem`, which belongs beside the choice. */
export async function exchange(visit: DiaryVisit, change: Exchange, back: Exchange | null): Promise<void> {
  await write(visit, () => call('PATCH /appointments/:id', { params: { id: visit.id }, body: { version: versionOf(visit), ...change } }))
  toast(t('resources.needs.changed'), back ? { undo: () => void exchange(visit, back, null).catch((error: unknown) => putBack(visit, error)) } : {})
}

// Back over the visit that it was booked over, with the reason that it had.
const sharedBefore = ({ overbookReason }: DiaryVisit) => (overbookReason !== null && may('appointment.overbook') ? { overbook: { reason: overbookReason } } : {})

async function undoChange(visit: DiaryVisit, before: Change): Promise<void> {
  say(visit.id, before)
  await write(visit, () =>
    call('PATCH /appointments/:id', {
      params: { id: visit.id },
      body: { version: versionOf(visit), startsAt: before.startsAt, practitionerId: before.practitionerId, durationMinutes: lengthOf(before), ...before.places?.send, ...(before.outsideHours ? { outsideHours: true } : {}), ...sharedBefore(visit) },
    }),
  )
    .then(() => toast(t('diary.undone')))
    .catch((error: unknown) => lose(visit, error, before, (now) => undoChange(now, before)))
}

/** One step of the day. */
export async function stepVisit(visit: DiaryVisit, route: StepRoute, to: Status): Promise<void> {
  say(visit.id, { status: to })
  await write(visit, () => call(route, { params: { id: visit.id }, body: {} }))
    .then(() => toast(t('diary.changed', { name: nameOf(visit.patient), status: t(`diary.status.${to}`) }), { ...atArrival(visit, to), undo: () => void undoStep(visit), action: nextVisitAction(visit, to) }))
    .catch((error: unknown) => putBack(visit, error))
}

// The desk asks for the paper while the patient stands there.
const atArrival = ({ paper }: DiaryVisit, to: Status): { detail?: string } => (to === 'arrived' && paper && !paper.received ? { detail: t(`papers.missing.${paper.kind}`) } : {})

export async function cancelVisit(visit: DiaryVisit, reason: 'patient' | 'clinic' | 'moved' | 'other'): Promise<void> {
  say(visit.id, { status: 'cancelled' })
  await write(visit, () => call('POST /appointments/:id/cancellation', { params: { id: visit.id }, body: { reason } }))
    .then(() => toast(t('diary.cancelled', { name: nameOf(visit.patient) }), { detail: t('diary.tells'), undo: () => void undoStep(visit) }))
    .then(() => void proposeFill(visit))
    .catch((error: unknown) => putBack(visit, error))
}

/** Takes the last step back. */
export async function undoStep(visit: DiaryVisit): Promise<void> {
  await write(visit, () => call('POST /appointments/:id/undo', { params: { id: visit.id }, body: { version: versionOf(visit) } }))
    .then(() => toast(t('diary.undone')))
    .catch((error: unknown) => putBack(visit, error))
}

async function write(visit: DiaryVisit, send: () => Promise<Appointment>): Promise<void> {
  unanswered.begin(visit.id)
  const turn = (lines.get(visit.id) ?? Promise.resolve()).then(send)
  lines.set(visit.id, turn.catch(() => undefined)) // the next in line waits for the end, whatever it was; the caller hears of it
  const last = await turn.then(() => unanswered.end(visit.id), (error: unknown) => (unanswered.end(visit.id), Promise.reject(error)))
  const { version, startsAt, endsAt, practitionerId, resourceIds, status, cancelReason, overbookReason, deskNote } = await turn
  versions.set(visit.id, version)
  ownIds.set(visit.id, version)
  // Where more was said meanwhile, that is what the screen shows already.
  patch(visit.id, last ? { version, startsAt, endsAt, practitionerId, resourceIds, status, cancelReason, overbookReason, deskNote } : { version })
  renew('GET /diary', 'GET /appointments/:id')
}

const unanswered = makeUnanswered<Said>()

/** Shows it at once, and keeps it on the screen until the server has answered. */
function say(id: string, change: Said): void {
  unanswered.say(id, change)
  patch(id, change)
}

// A read that had left before something was said brings what was; it is told again what was said.
queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual || event.query.queryKey[0] !== 'GET /diary') return
  for (const [id, change] of unanswered.said()) patch(id, change)
})

/** Shows what is true again, and says why: where somebody else was faster, what they changed. */
export async function putBack(visit: DiaryVisit, error: unknown): Promise<void> {
  renew('GET /diary', 'GET /appointments/:id')
  const { title, detail } = isStale(error) ? await overtaken(visit) : { title: problemWords(error), detail: undefined }
  toast(title, { tone: 'problem', detail })
}

/** The same for a change that may be wanted in spite of theirs: where somebody else was faster, both are shown beside each other. */
export async function lose(seen: DiaryVisit, error: unknown, mine: Mine, again: Conflict['again'], kept?: () => void): Promise<void> {
  if (!isStale(error)) return putBack(seen, error)
  renew('GET /diary', 'GET /appointments/:id')
  const [{ visit: now, title, detail }, by] = await Promise.all([overtaken(seen), lastChangeOf(seen.id)])
  if (now === seen) toast(title, { tone: 'problem', detail }) // what is there now could not be read
  else conflict.value = { seen, now, mine, by, again, kept }
}

export const isStale = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'stale_version'

/** What somebody else changed in the visit since it was seen, in words, and the visit as it is now. */
export async function overtaken(seen: DiaryVisit): Promise<{ title: string; detail: string; visit: DiaryVisit }> {
  const title = t('diary.staleTitle', { name: nameOf(seen.patient) })
  try {
    const { appointment } = await call('GET /appointments/:id', { params: { id: seen.id } })
    const { startsAt, endsAt, practitionerId, resourceIds, status, deskNote, version } = appointment
    const changes = changesBetween(seen, appointment, branch.value?.timeZone ?? 'Asia/Jerusalem', nameOfResource)
    return { title, detail: changes.length > 0 ? changes.join(' ') : t('diary.stale'), visit: { ...seen, startsAt, endsAt, practitionerId, resourceIds, status, deskNote, version } }
  } catch (error) {
    return { title, detail: problemWords(error), visit: seen }
  }
}
function nameOfResource(id: string): string {
  const settings = queryClient.getQueryData<Settings>(['GET /settings', {}])
  const resource = settings?.resources.find((one) => one.id === id)
  return resource ? inLanguage(resource) : ''
}

const versionOf = ({ id, version }: DiaryVisit): number => Math.max(version, versions.get(id) ?? 0)
/** Whether somebody else could begin where this visit began. */
const leaves = (before: { practitionerId: string; startsAt: string }, after: { practitionerId: string; startsAt: string }): boolean => before.practitionerId !== after.practitionerId || !instant(before.startsAt).equals(instant(after.startsAt))
const lengthOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): number => minutesBetween(instant(startsAt), instant(endsAt))

/** Only what changed is sent, so that a stale screen cannot put back what somebody else has changed. */
const placeOf = (visit: DiaryVisit, change: Change) => ({
  ...(change.startsAt === visit.startsAt ? {} : { startsAt: change.startsAt }),
  ...(change.practitionerId === visit.practitionerId ? {} : { practitionerId: change.practitionerId }),
  ...(lengthOf(change) === lengthOf(visit) ? {} : { durationMinutes: lengthOf(change) }),
  ...change.places?.send,
  ...(change.outsideHours ? { outsideHours: true } : {}),
})

type Said = Partial<DiaryVisit> & { outsideHours?: boolean; places?: PlaceChange }

function patch(id: string, change: Said): void {
  const { outsideHours: _, places, ...fields } = change
  const known = queryClient.getQueriesData<Diary>({ queryKey: ['GET /diary'] }).flatMap(([, diary]) => (diary ? [diary] : []))
  const home = known.find(({ visits }) => visits.some((visit) => visit.id === id))
  const found = home?.visits.find((visit) => visit.id === id)
  if (!home || !found) return
  const visit: DiaryVisit = { ...found, ...fields, ...(places ? { resourceIds: places.resourceIds } : {}) }
  queryClient.setQueriesData<Diary>({ queryKey: ['GET /diary'] }, (diary) => diary && (diary.branchId === home.branchId ? withVisit(diary, visit) : diary))
}

/** A visit that went to another day leaves the diary that it was in and comes into the one that has that day. */
function withVisit(diary: Diary, visit: DiaryVisit): Diary {
  const index = diary.visits.findIndex(({ id }) => id === visit.id)
  if (!isOf(diary, visit)) return index < 0 ? diary : { ...diary, visits: diary.visits.toSpliced(index, 1) }
  return { ...diary, visits: index < 0 ? [...diary.visits, visit] : diary.visits.with(index, visit) }
}

const isOf = ({ day }: Diary, { startsAt }: DiaryVisit): boolean => !isBefore(instant(startsAt), instant(day.start)) && isBefore(instant(startsAt), instant(day.end))
