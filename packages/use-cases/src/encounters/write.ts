import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { findDiscountSetting } from '@yoman/db/discounts/queries'
import { type EncounterRow, type NoteRow, type ProcedureRow, insertNote, lastNote, lockEncounter, notesOf, proceduresOf, replaceProcedures, signEncounter, versionById } from '@yoman/db/encounters/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { factsOfEncounter, loadPriceBook } from '@yoman/db/prices/proposals'
import { allow, mayIn } from '@yoman/domain/access'
import { asideAfter, checkAmendment, checkUnsigned, draftAfter, type EncounterNow, signatureOf } from '@yoman/domain/encounters/note'
import type { EventName } from '@yoman/domain/events'
import { discountCounted, mostOff, type Off } from '@yoman/domain/invoices/discount'
import { proposePrice } from '@yoman/domain/prices/propose'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { isTooth, readSurfaces } from '@yoman/domain/teeth/tooth'
import type { Context } from '../context.ts'
import { settlePlans } from '../plans/settle.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadView } from './read.ts'
import { encounterNow, type EncounterView, notePlace, openNote } from './view.ts'

/** Autosave. Gives the version that now holds the words. Throws what `draftAfter` throws. */
export async function saveDraft(ctx: Context, id: string, { baseSeq, body }: { baseSeq: number; body: string }): Promise<{ seq: number; writtenAt: string }> {
  allow(ctx.actor, 'note.write')
  const authorId = staffOf(ctx)
  return transact(ctx, async (tx) => {
    const { row, sealer, now } = await lock(tx, ctx, id)
    const { seq, write } = draftAfter(now, { baseSeq, body, authorId })
    if (!write) return { seq, writtenAt: now.note?.writtenAt ?? ctx.now.toString() }
    await writeVersion(tx, ctx, sealer, { id: uuid(), encounterId: id, seq, kind: 'draft', body, authorId })
    await record(tx, ctx, row, 'encounter.drafted', { seq })
    return { seq, writtenAt: ctx.now.toString() }
  })
}

/** Makes the draft final. Throws what `signatureOf` throws. */
export async function sign(ctx: Context, id: string, seq: number): Promise<EncounterView> {
  allow(ctx.actor, 'note.write')
  const authorId = staffOf(ctx)
  return transact(ctx, async (tx) => {
    const { row, sealer, now } = await lock(tx, ctx, id)
    const final = signatureOf(now, { seq, staffId: authorId })
    await writeVersion(tx, ctx, sealer, { id: uuid(), encounterId: id, seq: final.seq, kind: 'signed', body: final.body, authorId })
    await signEncounter(tx, id, authorId, ctx.now)
    await record(tx, ctx, row, 'encounter.signed', { seq: final.seq })
    await settlePlans(tx, ctx, row)
    return reload(tx, ctx, id)
  })
}

/**
 * Keeps the text that was not chosen beside the note, where earlier versions are looked up; a repeated request finds its own.
 * Throws what `asideAfter` throws, `id_taken`.
 */
export async function setAside(ctx: Context, id: string, { id: versionId, body }: { id: string; body: string }): Promise<{ seq: number }> {
  allow(ctx.actor, 'note.write')
  const authorId = staffOf(ctx)
  return transact(ctx, async (tx) => {
    const { row, sealer, now } = await lock(tx, ctx, id)
    const mine = await versionById(tx, versionId)
    if (mine && (mine.encounter_id !== id || mine.kind !== 'aside' || openNote(sealer, mine) !== body)) throw new Refusal('id_taken')
    if (mine) return { seq: mine.seq }
    const { seq } = asideAfter(now, body)
    await writeVersion(tx, ctx, sealer, { id: versionId, encounterId: id, seq, kind: 'aside', body, authorId })
    await record(tx, ctx, row, 'encounter.set_aside', { seq })
    return { seq }
  })
}

export interface NewAmendment {
  id: string
  reason: string
  body: string
}

/** Adds to a signed note; a repeated request finds its own addition. Throws what `checkAmendment` throws, `id_taken`. */
export async function amend(ctx: Context, id: string, { id: versionId, reason, body }: NewAmendment): Promise<EncounterView> {
  allow(ctx.actor, 'note.write')
  const authorId = staffOf(ctx)
  return transact(ctx, async (tx) => {
    const { row, sealer, now } = await lock(tx, ctx, id)
    const versions = await notesOf(tx, [id])
    const mine = versions.find((version) => version.id === versionId)
    if (mine && openNote(sealer, mine) !== body) throw new Refusal('id_taken')
    if (!mine) {
      checkAmendment(now, { reason, body })
      const seq = now.lastSeq + 1
      await writeVersion(tx, ctx, sealer, { id: versionId, encounterId: id, seq, kind: 'amendment', body, authorId, reason: reason.trim() })
      await record(tx, ctx, row, 'encounter.amended', { seq })
    }
    return reload(tx, ctx, id)
  })
}

export interface TypedProcedure {
  id: string
  priceItemId: string
  quantity: number
  tooth?: string | null
  /** Faces as they are written; empty for the whole tooth. */
  surfaces?: string
}

/** What was done, with names as the list has them now and the prices that are proposed for the visit; an entry that was there keeps its price, and of its discount what still may be. Throws `stale_version`, `note_already_signed`, `tooth_unknown`, `surface_unknown`, `reference_unknown`. */
export async function recordProcedures(ctx: Context, id: string, version: number, typed: readonly TypedProcedure[]): Promise<EncounterView> {
  allow(ctx.actor, 'note.write')
  if (typed.some(({ tooth }) => tooth != null && !isTooth(tooth))) throw new Refusal('tooth_unknown')
  if (typed.some(({ tooth = null, surfaces = '' }) => surfaces !== '' && tooth === null)) throw new Refusal('surface_unknown')
  return transact(ctx, async (tx) => {
    const [row, before, { items, lists }, facts, { limits }] = await Promise.all([lockEncounter(tx, id), proceduresOf(tx, [id]), loadPriceBook(tx, typed.map((one) => one.priceItemId)), factsOfEncounter(tx, id), findDiscountSetting(tx)])
    if (!row || !facts) throw new NotFound('encounter')
    checkUnsigned(row)
    const most = mayIn(ctx.actor, 'discount.give', row.branch_id) ? mostOff(ctx.actor.roles, limits) : 0
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    const rows = typed.map(({ id: procedureId, priceItemId, quantity, tooth = null, surfaces = '' }) => {
      const kept = before.find((one) => one.id === procedureId && one.price_item_id === priceItemId)
      const item = items.find((one) => one.id === priceItemId)
      if (!item) throw new Refusal('reference_unknown')
      const price = kept ? { priceAgorot: kept.unit_price_agorot, by: kept.price_by } : proposePrice(item, lists, facts)
      return {
        clinic_id: ctx.clinicId,
        id: procedureId,
        encounter_id: id,
        price_item_id: priceItemId,
        description: kept?.description ?? item.name,
        unit_price_agorot: price.priceAgorot,
        price_by: price.by,
        tooth,
        surfaces: readSurfaces(surfaces),
        quantity,
        recorded_by: kept ? kept.recorded_by : ctx.actor.staffId,
        recorded_at: kept?.recorded_at ?? ctx.now,
        ...discountStill(ctx, most, kept, quantity),
      }
    })
    await replaceProcedures(tx, row, before, rows)
    await record(tx, ctx, row, 'encounter.drafted', { procedures: rows.length })
    return reload(tx, ctx, id)
  })
}

/** What stays off an entry that was there, by its pieces now and who counts them. */
function discountStill({ actor, now }: Context, most: number, kept: ProcedureRow | undefined, quantity: number) {
  const given = kept && kept.discount_agorot > 0 && { off: offOf(kept), was: kept.quantity * kept.unit_price_agorot }
  const still = given && discountCounted(quantity * kept.unit_price_agorot, given, most)
  if (!still || still.agorot === 0) return { discount_agorot: 0, discount_basis_points: null, discount_reason: '', discount_by: null, discount_at: null }
  const { agorot, off, anew } = still
  const by = anew ? { discount_by: actor.staffId, discount_at: now } : { discount_by: kept.discount_by, discount_at: kept.discount_at }
  return { discount_agorot: agorot, discount_basis_points: 'basisPoints' in off ? off.basisPoints : null, discount_reason: kept.discount_reason, ...by }
}

const offOf = ({ discount_basis_points: basisPoints, discount_agorot: agorot }: ProcedureRow): Off => (basisPoints === null ? { agorot } : { basisPoints })

async function lock(tx: Tx, ctx: Context, id: string): Promise<{ row: EncounterRow; sealer: Sealer; now: EncounterNow }> {
  // The notes are read after the lock is held: a statement sees only what was committed before it began.
  const [sealer, row] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), lockEncounter(tx, id)])
  if (!row) throw new NotFound('encounter')
  const [notes, last] = await Promise.all([notesOf(tx, [id]), lastNote(tx, id)])
  return { row, sealer, now: encounterNow(sealer, row, notes, last?.seq ?? 0) }
}

async function reload(tx: Tx, ctx: Context, id: string): Promise<EncounterView> {
  const row = await lockEncounter(tx, id)
  if (!row) throw new NotFound('encounter')
  return loadView(ctx, tx, row)
}

interface Version {
  id: string
  encounterId: string
  seq: number
  kind: NoteRow['kind']
  body: string
  authorId: string
  reason?: string
}

const writeVersion = (tx: Tx, ctx: Context, sealer: Sealer, { id, encounterId, seq, kind, body, authorId, reason = '' }: Version) =>
  insertNote(tx, {
    clinic_id: ctx.clinicId,
    id,
    encounter_id: encounterId,
    seq,
    kind,
    body_sealed: sealer.seal(notePlace(id), body),
    reason,
    author_id: authorId,
    written_at: ctx.now,
  })

const record = (tx: Tx, ctx: Context, row: EncounterRow, name: EventName, details: Record<string, unknown>) =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'encounter', id: row.id }, patientId: row.patient_id, branchId: row.branch_id, details }])

function staffOf(ctx: Context): string {
  if (!ctx.actor.staffId) throw new Error('a note has a person for an author')
  return ctx.actor.staffId
}
