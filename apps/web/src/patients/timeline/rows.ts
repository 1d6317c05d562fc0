import { CalendarDays, ClipboardList, FileText, Hourglass, ListChecks, type LucideIcon, MessageSquareText, NotebookPen, ReceiptText } from '@lucide/vue'
import type { FoundKind } from '@yoman/contract/record-searches'
import { dateIn, instant } from '@yoman/domain/time'
import { titleWords } from '../../attachments/words.ts'
import { colleague } from '../../colleagues.ts'
import { wayIcons } from '../../contacts/way-icons.ts'
import { jumpTo } from '../../diary/jump.ts'
import { language, t } from '../../i18n.ts'
import { shownBody } from '../../messages/shown-body.ts'
import { paths } from '../../paths.ts'
import type { Known } from '../../settings/useSettings.ts'
import { assigneeWords } from '../../tasks/assignees.ts'
import { showClock, showInstantDay } from '../../ui/show-times.ts'
import type { Entry } from './entries.ts'
import { closedWords, taskWords } from '../../tasks/task-words.ts'

export interface Piece {
  text: string
  marked: boolean
}

/** One line of the timeline in words. */
export interface Row {
  key: string
  kind: FoundKind
  /** Empty of what has no date of its own. */
  date: string
  clock: string
  icon: LucideIcon
  title: string
  detail: string
  /** Instead of the detail: a piece of it, with what was looked for marked. */
  pieces?: readonly Piece[]
  badge: { words: string; tone: 'neutral' | 'info' | 'primary' | 'warning' | 'success' | 'danger' } | null
  /** Where it opens, and what is to be done on the way. */
  to: string
  going?: () => void
}

type Words = Pick<Row, 'icon' | 'title' | 'detail' | 'badge' | 'to'> & { going?: () => void; branchId?: string }

const visitTones = { booked: 'info', confirmed: 'primary', arrived: 'warning', called: 'warning', in_treatment: 'success', completed: 'neutral', cancelled: 'neutral', no_show: 'danger' } as const
const messageTones = { queued: 'neutral', sending: 'info', sent: 'info', delivered: 'success', failed: 'danger', unknown: 'warning', skipped: 'neutral' } as const

/** @param patientId whose page it is @param zone of what belongs to no branch */
export function rowOf(entry: Entry, patientId: string, known: Known, zone: string): Row {
  const { branchId, ...words } = wordsOf(entry, patientId, known)
  const wall = branchId === undefined ? zone : known.zoneOf(branchId)
  return { key: `${entry.kind}-${entry.id}`, kind: entry.kind, date: dateIn(wall, instant(entry.at)).toString(), clock: showClock(entry.at, wall, language.value), ...words }
}

function wordsOf(entry: Entry, patientId: string, { resourceName, visitTypeName, zoneOf }: Known): Words {
  const part = (name: string): string => paths.patientPart(patientId, name)
  switch (entry.kind) {
    case 'visit': {
      const { item } = entry
      const day = dateIn(zoneOf(item.branchId), instant(item.startsAt)).toString()
      return { icon: CalendarDays, title: joined(visitTypeName(item.visitTypeId), resourceName(item.practitionerId)), detail: item.deskNote, badge: { words: t(`diary.status.${item.status}`), tone: visitTones[item.status] }, to: paths.diary(day), going: () => jumpTo(item.id), branchId: item.branchId }
    }
    case 'note': {
      const { item } = entry
      const detail = [item.note?.body ?? '', ...item.amendments.map(({ body }) => body), item.procedures.map(({ description, tooth }) => (tooth ? `${description} (${tooth})` : description)).join(' · ')].filter(Boolean).join('\n')
      return { icon: NotebookPen, title: joined(t('timeline.note'), resourceName(item.practitionerId)), detail, badge: item.status === 'draft' ? { words: t('room.draft'), tone: 'warning' } : null, to: part('notes'), branchId: item.branchId }
    }
    case 'message':
      return { icon: MessageSquareText, title: joined(t(`messages.kind.${entry.item.kind}`), t(`messages.channel.${entry.item.channel}`)), detail: shownBody(entry.item.body), badge: { words: t(`messages.state.${entry.item.state}`), tone: messageTones[entry.item.state] }, to: part('messages') }
    case 'invoice':
      return { icon: ReceiptText, title: joined(t(`invoices.kind.${entry.item.kind}`), String(entry.item.number), shekels(entry.item.totalAgorot)), detail: '', badge: null, to: paths.invoice(entry.item.id) }
    case 'attachment':
      return { icon: FileText, title: joined(titleWords(entry.item), entry.item.content?.title ? t(`attachments.kind.${entry.item.kind}`) : ''), detail: '', badge: null, to: part('attachments') }
    case 'task': {
      const { item } = entry
      const due = `${showInstantDay(item.dueAt, zoneOf(item.branchId), language.value)} ${showClock(item.dueAt, zoneOf(item.branchId), language.value)}`
      return { icon: ListChecks, title: taskWords(item), detail: joined(`${t('tasks.due')} ${due}`, `${t('tasks.for')}: ${assigneeWords(item)}`, closedWords(item)), badge: { words: t(`tasks.status.${item.status}`), tone: item.status === 'open' ? 'warning' : item.status === 'kept' ? 'success' : 'neutral' }, to: part('tasks'), branchId: item.branchId }
    }
    case 'order':
      return { icon: ClipboardList, title: joined(t('timeline.ordered'), entry.item.steps.map((step) => visitTypeName(step.visitTypeId)).join(' + ')), detail: entry.item.noteToDesk, badge: { words: t(`orders.status.${entry.item.status}`), tone: entry.item.status === 'open' ? 'warning' : 'neutral' }, to: part('orders'), branchId: entry.item.branchId }
    case 'waitlist':
      return { icon: Hourglass, title: joined(t('timeline.waits'), visitTypeName(entry.item.visitTypeId)), detail: entry.item.note, badge: { words: t(`waitlist.status.${entry.item.status}`), tone: entry.item.status === 'open' ? 'warning' : 'neutral' }, to: part('waitlist'), branchId: entry.item.branchId }
    case 'contact': {
      const { item } = entry
      return { icon: wayIcons[item.way], title: joined(t(`contacts.way.${item.way}`), item.callerName, colleague(item.writtenBy.name)), detail: [item.words, item.promise ? `${t('contacts.promise')}: ${item.promise.words}` : ''].filter(Boolean).join('\n'), badge: item.promise ? { words: t(`tasks.status.${item.promise.status}`), tone: item.promise.status === 'kept' ? 'success' : 'warning' } : null, to: part('contacts'), branchId: item.branchId }
    }
  }
}

const joined = (...words: string[]): string => words.filter(Boolean).join(' · ')
const shekels = (agorot: number): string => `₪${(agorot / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`
