import type { diaryChangeRoutes } from '@yoman/contract/diary-changes'
import { listDiaryChanges } from '@yoman/db/diary-changes/queries'
import { allowIn } from '@yoman/domain/access'
import { markChangesSeen } from '@yoman/use-cases/diary-changes/mark-seen'
import { read } from '@yoman/use-cases/transact'
import type { Handlers } from '../http/handler.ts'

const most = 100

export const diaryChangeHandlers = {
  'GET /diary-changes': async (ctx, { query: { branchId } }) => {
    allowIn(ctx.actor, 'diary.read', branchId)
    const wanted = { branchId, staffId: ctx.actor.staffId ?? '', sessionId: ctx.sessionId, limit: most }
    const items = await read(ctx, (db) => listDiaryChanges(db, wanted))
    return { items, unseen: items.filter(({ unseen }) => unseen).length }
  },
  'PUT /diary-changes/seen': async (ctx, { body }) => {
    await markChangesSeen(ctx, body)
    return null
  },
} satisfies Handlers<keyof typeof diaryChangeRoutes>
