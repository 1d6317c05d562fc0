import type { seriesRoutes } from '@yoman/contract/series'
import { bookSeries } from '@yoman/use-cases/series/book'
import { cancelSeries } from '@yoman/use-cases/series/cancel'
import { changeSeries } from '@yoman/use-cases/series/change'
import { proposeAgain, previewSeries } from '@yoman/use-cases/series/preview'
import { previewChange } from '@yoman/use-cases/series/preview-change'
import { readSeries } from '@yoman/use-cases/series/read'
import { undoSeries } from '@yoman/use-cases/series/undo'
import type { Handlers } from '../http/handler.ts'

export const seriesHandlers = {
  'POST /repeat-proposals': (ctx, { body }) => proposeAgain(ctx, body.appointmentId, body.distance),

  'POST /series-previews': (ctx, { body }) => previewSeries(ctx, body),

  'POST /series': (ctx, { body }) => bookSeries(ctx, body),

  'GET /series/:id': (ctx, { params }) => readSeries(ctx, params.id),

  'POST /series/:id/change-previews': (ctx, { params, body }) => previewChange(ctx, params.id, body),

  'POST /series/:id/changes': (ctx, { params, body }) => changeSeries(ctx, params.id, body),

  'POST /series/:id/cancellation': (ctx, { params, body }) => cancelSeries(ctx, params.id, body),

  'POST /series/:id/undo': (ctx, { params, body }) => undoSeries(ctx, params.id, body),
} satisfies Handlers<keyof typeof seriesRoutes>
