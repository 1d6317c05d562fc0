import type { Db } from '@yoman/db/database'
import type { Sealer } from '@yoman/db/keys/vault'
import { survivorOf } from '@yoman/db/merges/queries'
import { type PatientRow, findPatient } from '@yoman/db/patients/queries'
import { refsBehind, refsOfVisitsAhead, type TimelineKind, timelineKinds } from '@yoman/db/patients/timeline'
import { findSettings } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { fitOf, markedPiece, wantedWords } from '@yoman/domain/patients/find-words'
import { NotFound } from '@yoman/domain/refusal'
import { isBefore } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { loadParts, openKinds } from './parts.ts'
import { type Entry, partEntries, type Words } from './record-entries.ts'
import { besideEntries } from './record-beside.ts'

const mostOfEach = 2_000
const mostShown = 60

/**
 * Everything in one record (or what there is of one kind) that says the words, as far as the asking person may see it: what their roles do not open is not even read.
 * What is sealed is opened for this one record and forgotten. Best first, then newest. The caller records the reading, without the
 * words. Throws `NotFound`.
 */
export async function searchRecord(ctx: Context, asked: string, text: string, kind?: Entry['kind']) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [sealer, id] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), survivorOf(db, asked)])
    const patient = id === undefined ? undefined : await findPatient(db, id)
    if (!patient) throw new NotFound('patient')
    const wanted = wantedWords(text)
    const { parts, entries } = wanted.length === 0 ? { parts: await loadParts(db, ctx, sealer, []), entries: [] } : await wholeRecord(db, ctx, sealer, patient)
    // The kind comes before the cut: the best of all kinds may hold none of it.
    const found = bestFirst(kind === undefined ? entries : entries.filter((entry) => entry.kind === kind), wanted)
    const shown = found.slice(0, mostShown)
    const items = shown.map(({ texts, at, ...entry }) => ({ ...entry, at: at?.toString() ?? null, ...markedPiece(texts, wanted) }))
    return { patientId: patient.id, items, parts: onlyFound(parts, shown), more: found.length > mostShown }
  })
}

/** All that the reader may see of a record. */
async function wholeRecord(db: Db, ctx: Context, sealer: Sealer, patient: PatientRow) {
  const kinds = openKinds(ctx, timelineKinds)
  const [behind, ahead, settings] = await Promise.all([
    refsBehind(db, patient.id, kinds, null, ctx.now, mostOfEach),
    kinds.includes('visit') ? refsOfVisitsAhead(db, patient.id, ctx.now, mostOfEach) : [],
    findSettings(db, ctx.clinicId),
  ])
  const [parts, beside] = await Promise.all([loadParts(db, ctx, sealer, [...behind, ...ahead]), besideEntries(db, ctx, sealer, patient)])
  return { parts, entries: [...partEntries(parts, namesOf(settings)), ...beside] }
}

function namesOf(settings: Awaited<ReturnType<typeof findSettings>>): (id: string) => Words {
  const named = [...(settings?.resources ?? []), ...(settings?.visitTypes ?? [])]
  const names = new Map(named.map((one): [string, Words] => [one.id, [one.name, one.nameEn]]))
  return (id) => names.get(id) ?? []
}

function bestFirst(entries: readonly Entry[], wanted: readonly string[]): Entry[] {
  const fitting = entries.flatMap((entry) => {
    const fit = fitOf(entry.texts, wanted)
    return fit === null ? [] : [{ entry, fit }]
  })
  return fitting.sort((a, b) => a.fit - b.fit || newestFirst(a.entry, b.entry)).map(({ entry }) => entry)
}

/** What holds now stands before what has a date. */
function newestFirst(a: Entry, b: Entry): number {
  if (a.at === null || b.at === null || a.at.equals(b.at)) return Number(b.at === null) - Number(a.at === null) || (a.id < b.id ? 1 : -1)
  return isBefore(b.at, a.at) ? -1 : 1
}

type Parts = Awaited<ReturnType<typeof loadParts>>

/** Of each kind what was found, whole, so that it is shown as the timeline shows it. */
function onlyFound(parts: Parts, shown: readonly Entry[]): Parts {
  const of = <T extends { id: string }>(kind: TimelineKind, list: readonly T[] | null): T[] | null => list && list.filter(({ id }) => shown.some((entry) => entry.kind === kind && entry.id === id))
  const { visits, encounters, messages, invoices, attachments, tasks, orders, waitlist, contacts } = parts
  return {
    visits: of('visit', visits), encounters: of('note', encounters), messages: of('message', messages), invoices: of('invoice', invoices), attachments: of('attachment', attachments),
    tasks: of('task', tasks), orders: of('order', orders), waitlist: of('waitlist', waitlist), contacts: of('contact', contacts),
  }
}

