import type { Conversation } from '@yoman/contract/conversations'
import { call, renew } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'

interface Change {
  status?: Conversation['status']
  mine?: boolean
  patientId?: string
}

/** Changes a conversation and says it where it did not work. @returns what it is now. */
export async function change({ id, version }: Pick<Conversation, 'id' | 'version'>, what: Change): Promise<Conversation | null> {
  try {
    return await call('PATCH /conversations/:id', { params: { id }, body: { version, ...what } })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
    return null
  } finally {
    renew('GET /conversations', 'GET /conversations/:id')
  }
}

/** Closes it; the toast takes it back. */
export async function close(conversation: Conversation): Promise<void> {
  const before = conversation.status
  const closed = await change(conversation, { status: 'closed' })
  if (closed) toast(t('inbox.closed'), { undo: () => change(closed, { status: before }).then(() => undefined) })
}

export async function markRead(id: string): Promise<void> {
  try {
    await call('POST /conversations/:id/reading', { params: { id } })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  } finally {
    renew('GET /conversations', 'GET /conversations/:id')
  }
}
