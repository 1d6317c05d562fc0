import type { taskRoutes } from '@yoman/contract/tasks'
import { pageOfTasks } from '@yoman/use-cases/tasks/read'
import { changeTask, closeTask, makeTask, reopenTask } from '@yoman/use-cases/tasks/write'
import type { Handlers } from '../http/handler.ts'

export const taskHandlers = {
  'GET /tasks': (ctx, { query }) => pageOfTasks(ctx, query),
  'POST /tasks': (ctx, { body }) => makeTask(ctx, body),
  'PATCH /tasks/:id': (ctx, { params, body }) => changeTask(ctx, params.id, body),
  'POST /tasks/:id/closing': (ctx, { params, body }) => closeTask(ctx, params.id, body),
  'POST /tasks/:id/reopening': (ctx, { params, body }) => reopenTask(ctx, params.id, body),
} satisfies Handlers<keyof typeof taskRoutes>
