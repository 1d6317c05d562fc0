import type { Inputs } from '@yoman/contract/routes'
import type { WaitlistEntry } from '@yoman/contract/waitlist'
import { call, renew } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'
import { entryForm } from './entry-form.ts'

type Wishes = Omit<Inputs['PATCH /waitlist/:id']['body'], 'version'>

/** Puts somebody on the list; the message takes them off. Throws `ApiProblem`, which belongs into the form. */
export async function addEntry(body: Inputs['POST /waitlist']['body'], name: string): Promise<void> {
  const entry = await call('POST /waitlist', { body })
  toast(t('waitlist.saved', { name }), { undo: () => void written(() => call('POST /waitlist/:id/closing', { params: { id: entry.id }, body: { version: entry.version, outcome: 'removed' } })) })
  renewList()
}

/** Changes what somebody wishes; the message puts it back. Throws `ApiProblem`. */
export async function changeEntry(before: WaitlistEntry, wishes: Wishes): Promise<void> {
  const { visitTypeId: _, ...was } = entryForm({ entry: before })
  const { version } = await call('PATCH /waitlist/:id', { params: { id: before.id }, body: { version: before.version, ...wishes } })
  toast(t('waitlist.changed'), { undo: () => void written(() => call('PATCH /waitlist/:id', { params: { id: before.id }, body: { version, visitTypeId: before.visitTypeId, ...was } })) })
  renewList()
}

async function written(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
    toast(t('diary.undone'))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewList()
}

const renewList = (): void => renew('GET /waitlist', 'GET /waitlist-places', 'GET /waitlist-offers')
