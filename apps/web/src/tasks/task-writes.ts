import type { Task } from '@yoman/contract/tasks'
import { call, renew } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'

/** Closes a task; the message can take it back. */
export async function closeTask(task: Task, status: 'kept' | 'broken'): Promise<void> {
  try {
    const closed = await call('POST /tasks/:id/closing', { params: { id: task.id }, body: { version: task.version, status } })
    toast(t(status === 'kept' ? 'tasks.keptDone' : 'tasks.brokenDone'), { detail: task.words, undo: () => void reopenTask(closed) })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  } finally {
    renew('GET /tasks', 'GET /handovers/now')
  }
}

export async function reopenTask(task: Task): Promise<void> {
  await call('POST /tasks/:id/reopening', { params: { id: task.id }, body: { version: task.version } }).catch((error: unknown) => toast(problemWords(error), { tone: 'problem' }))
  renew('GET /tasks', 'GET /handovers/now')
}
