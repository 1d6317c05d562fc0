import { BookUser, FileSignature, FileText, type LucideIcon, Mail, SquarePen, TriangleAlert } from '@lucide/vue'
import { type TimelineKind, timelineKinds } from '@yoman/contract/patients'
import type { Found, FoundKind } from '@yoman/contract/record-searches'
import type { Outputs } from '@yoman/contract/routes'
import { dateIn, instant } from '@yoman/domain/time'
import { colleague } from '../../colleagues.ts'
import { inWords } from '../../fields/field-words.ts'
import { language, t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import type { Known } from '../../settings/useSettings.ts'
import { showClock } from '../../ui/show-times.ts'
import { entriesOf } from './entries.ts'
import { type Piece, type Row, rowOf } from './rows.ts'

type Answer = Outputs['POST /patients/:id/record-searches']

/** What was found as lines of the timeline, best first, each with the piece that was found. */
export function foundRows({ items, parts }: Answer, patientId: string, known: Known, zone: string): Row[] {
  const entries = new Map(entriesOf(parts).map((entry) => [`${entry.kind}-${entry.id}`, entry]))
  return items.flatMap((found) => {
    const entry = entries.get(`${found.kind}-${found.id}`)
    if (entry) return [{ ...rowOf(entry, patientId, known, zone), pieces: piecesOf(found) }]
    return isBeside(found.kind) ? [besideRow(found, found.kind, patientId, zone)] : [] // a document that somebody withdrew meanwhile
  })
}

/** The snippet cut where what was looked for begins and ends. */
export function piecesOf({ snippet, matches }: Pick<Found, 'snippet' | 'matches'>): Piece[] {
  const cut = matches.flatMap(({ from, to }, index): Piece[] => [{ text: snippet.slice(matches[index - 1]?.to ?? 0, from), marked: false }, { text: snippet.slice(from, to), marked: true }])
  return [...cut, { text: snippet.slice(matches.at(-1)?.to ?? 0), marked: false }].filter(({ text }) => text !== '')
}

type Beside = Exclude<FoundKind, TimelineKind>
const isBeside = (kind: FoundKind): kind is Beside => !(timelineKinds as readonly FoundKind[]).includes(kind)

const besides: Record<Beside, { icon: LucideIcon; part: string }> = {
  letter: { icon: Mail, part: 'letters' },
  plan: { icon: FileText, part: 'plans' },
  form: { icon: FileSignature, part: 'forms' },
  field: { icon: SquarePen, part: 'details' },
  alert: { icon: TriangleAlert, part: 'details' },
  reported_alert: { icon: TriangleAlert, part: 'details' },
  desk_note: { icon: BookUser, part: 'details' },
}
const partOf = { patient: 'details', visit: 'visits', note: 'notes' } as const

function besideRow(found: Found, kind: Beside, patientId: string, zone: string): Row {
  const { icon, part } = besides[kind]
  return {
    key: `${kind}-${found.id}`, kind, icon,
    date: found.at === null ? '' : dateIn(zone, instant(found.at)).toString(),
    clock: found.at === null ? '' : showClock(found.at, zone, language.value),
    title: [found.title === null ? t(`timeline.kind.${kind}`) : inWords(found.title), found.by === null ? '' : colleague(found.by)].filter(Boolean).join(' · '),
    detail: found.snippet, pieces: piecesOf(found), badge: null,
    to: paths.patientPart(patientId, found.of === null ? part : partOf[found.of]),
  }
}
