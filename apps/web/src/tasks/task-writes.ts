import type { Inputs } from '@yoman/contract/routes'
import type { Task } from '@yoman/contract/tasks'
import { call, renew } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'
import { taskWords } from './task-words.ts'
import { assigneeKey, assigneeOf } from './assignees.ts'

/** Closes a task; the message can take it back. */
export async function closeTask(task: Task, status: 'kept' | 'broken'): Promise<void> {
  await written(async () => {
    const closed = await call('POST /tasks/:id/closing', { params: { id: task.id }, body: { version: task.version, status } })
    toast(t(status === 'kept' ? 'tasks.keptDone' : 'tasks.brokenDone'), { detail: taskWords(task), undo: () => void reopenTask(closed) })
  })
}

/** Opens a closed task again; the message closes it as it was. */
export async function reopenTask(task: Task): Promise<void> {
  const was = task.status
  await written(async () => {
    const open = await call('POST /tasks/:id/reopening', { params: { id: task.id }, body: { version: task.version } })
    toast(t('tasks.reopened'), { detail: taskWords(task), ...(was === 'open' ? {} : { undo: () => void closeTask(open, was) }) })
  })
}

type Said = Pick<Task, 'words' | 'dueAt'> & { assignee: Inputs['POST /tasks']['body']['assignee'] }

/** Makes a task; the message closes it undone. Throws `ApiProblem`, which belongs into the form. */
export async function makeTask(id: string, branchId: string, patientId: string | null, said: Said): Promise<void> {
  const task = await call('POST /tasks', { body: { id, branchId, patientId, ...said } })
  toast(t('tasks.saved'), { detail: said.words, undo: () => void closeTask(task, 'broken') })
  renew('GET /tasks', 'GET /handovers/now')
}

/** Changes a task; the message puts back what it was. Throws `ApiProblem`. */
export async function changeTask(task: Task, said: Said): Promise<void> {
  const before: Said = { words: task.words, dueAt: task.dueAt, assignee: assigneeOf(assigneeKey(task)) }
  const changed = await call('PATCH /tasks/:id', { params: { id: task.id }, body: { version: task.version, ...said } })
  const back = () => written(async () => void (await call('PATCH /tasks/:id', { params: { id: task.id }, body: { version: changed.version, ...before } }), toast(t('diary.undone'))))
  toast(t('tasks.saved'), { detail: said.words, undo: () => void back() })
  renew('GET /tasks', 'GET /handovers/now')
}

async function written(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renew('GET /tasks', 'GET /handovers/now')
}
