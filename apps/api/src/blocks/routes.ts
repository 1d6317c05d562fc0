import type { blockRoutes } from '@yoman/contract/blocks'
import { closeOnHolidays, proposeHolidays } from '@yoman/use-cases/blocks/holidays'
import { changeBlock, placeBlock, removeBlock, restoreBlock } from '@yoman/use-cases/blocks/place'
import { previewBlock, readBlocks } from '@yoman/use-cases/blocks/read'
import type { Handlers } from '../http/handler.ts'

export const blockHandlers = {
  'GET /blocks': async (ctx, { query }) => ({ items: await readBlocks(ctx, query) }),
  'POST /block-previews': async (ctx, { body }) => ({ hits: await previewBlock(ctx, body) }),
  'POST /blocks': (ctx, { body }) => placeBlock(ctx, body),
  'PATCH /blocks/:id': (ctx, { params, body: { version, ...change } }) => changeBlock(ctx, params.id, version, change),
  'DELETE /blocks/:id': async (ctx, { params, query }) => {
    await removeBlock(ctx, params.id, query.version)
    return null
  },
  'POST /blocks/:id/restoration': (ctx, { params }) => restoreBlock(ctx, params.id),
  'GET /holiday-proposals': async (ctx, { query }) => ({ items: await proposeHolidays(ctx, query) }),
  'POST /holiday-closings': (ctx, { body }) => closeOnHolidays(ctx, body),
} satisfies Handlers<keyof typeof blockRoutes>
