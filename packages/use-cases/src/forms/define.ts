import type { Tx } from '@yoman/db/database'
import { listFields } from '@yoman/db/fields/queries'
import { findForm, type FormRow, insertForm, insertVersion, listForms } from '@yoman/db/forms/queries'
import { saveVersion } from '@yoman/db/save-version'
import { allow } from '@yoman/domain/access'
import { contentOf, draftOf, type FormContent, type FormDraft, type FormKind } from '@yoman/domain/forms/form'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { fieldOf } from '../fields/view.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { formView, type FormViewed } from './view.ts'

export async function readForms(ctx: Context): Promise<FormViewed[]> {
  allow(ctx.actor, 'settings.read')
  return read(ctx, async (db) => (await listForms(db)).map(formView))
}

export interface FormTyped extends FormDraft {
  kind: FormKind
}

/** Makes a form; a repeated request finds its own. Throws what `contentOf` throws, `id_taken`. */
export async function createForm(ctx: Context, { id, kind, ...draft }: FormTyped & { id: string }): Promise<FormViewed> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const mine = await findForm(tx, id)
    if (mine && mine.kind !== kind) throw new Refusal('id_taken')
    if (mine) return formView(mine)
    const content = await contentNow(tx, draft)
    await insertForm(tx, { clinic_id: ctx.clinicId, id, kind, latest: 1, retired_at: null })
    await publish(tx, ctx, id, 1, content)
    return answer(tx, ctx, id)
  })
}

/** Changes a form on top of `version`; what it says is published as a new version where that is not the same. Throws what `contentOf` throws, `stale_version`. */
export async function changeForm(ctx: Context, id: string, { version, kind, retired, ...draft }: FormTyped & { version: number; retired: boolean }): Promise<FormViewed> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const before = await findForm(tx, id)
    if (!before) throw new NotFound('form')
    const content = saysAsBefore(before, { kind, retired, ...draft }) ? { ...before.content, signed: draft.signed } : await contentNow(tx, draft)
    const latest = same(before.content, content) ? before.latest : before.latest + 1
    await saveVersion(tx, 'form', id, version, { kind, latest, retiredAt: retired ? (before.retired_at ?? ctx.now) : null })
    if (latest > before.latest) await publish(tx, ctx, id, latest, content)
    return answer(tx, ctx, id)
  })
}

/**
 * Whether the words and questions stay as they were published: a form that goes out of use, or is only of another kind or signed
 * otherwise, may ask a field that is out of use since. One that is saved as it was takes its fields as they are now.
 */
const saysAsBefore = (before: FormRow, { kind, retired, ...draft }: FormTyped & { retired: boolean }): boolean =>
  same(draftOf(before.content), { ...draft, signed: before.content.signed }) && (retired || kind !== before.kind || draft.signed !== before.content.signed)

const contentNow = async (tx: Tx, draft: FormDraft): Promise<FormContent> => contentOf(draft, (await listFields(tx, 'patient')).map(fieldOf))

/** Postgres keeps the keys of an object in an order of its own. */
const same = <T extends FormContent | FormDraft>(one: T, other: T): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inside]) => [key, sorted(inside)])) : value
}

const publish = (tx: Tx, ctx: Context, formId: string, seq: number, content: FormContent) =>
  insertVersion(tx, { clinic_id: ctx.clinicId, form_id: formId, seq, content: JSON.stringify(content), published_by: ctx.actor.staffId, published_at: ctx.now })

async function answer(tx: Tx, ctx: Context, id: string): Promise<FormViewed> {
  const row = await findForm(tx, id)
  if (!row) throw new NotFound('form')
  await recordEvents(tx, ctx, [{ name: 'form.changed', subject: { type: 'form', id }, details: { seq: row.latest, retired: row.retired_at !== null } }])
  return formView(row)
}
