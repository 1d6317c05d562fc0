import type { settingsRoutes } from '@yoman/contract/settings'
import { listExceptions } from '@yoman/db/resources/exceptions'
import { findSettings } from '@yoman/db/settings/queries'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { plainDate } from '@yoman/domain/time'
import { changeBranch, createBranch, setOpeningHours } from '@yoman/use-cases/clinics/branches'
import { changeClinic } from '@yoman/use-cases/clinics/change'
import { changePriceItem, createPriceItem } from '@yoman/use-cases/prices/change'
import { changeResource, createResource, setWorkingHours } from '@yoman/use-cases/resources/change'
import { createException, removeException } from '@yoman/use-cases/resources/exceptions'
import { read } from '@yoman/use-cases/transact'
import { changeVisitType, createVisitType } from '@yoman/use-cases/visit-types/change'
import type { Handlers } from '../http/handler.ts'

const longestDays = 400

export const settingsHandlers = {
  'GET /settings': async (ctx) => {
    const settings = await read(ctx, (db) => findSettings(db, ctx.clinicId))
    if (!settings) throw new NotFound('clinic')
    return settings
  },

  'PATCH /clinic': (ctx, { body }) => changeClinic(ctx, body),
  'POST /branches': (ctx, { body }) => createBranch(ctx, body),
  'PATCH /branches/:id': (ctx, { params, body }) => changeBranch(ctx, params.id, body),
  'PUT /branches/:id/opening-hours': (ctx, { params, body }) => setOpeningHours(ctx, params.id, body),

  'POST /resources': (ctx, { body }) => createResource(ctx, body),
  'PATCH /resources/:id': (ctx, { params, body }) => changeResource(ctx, params.id, body),
  'PUT /resources/:id/working-hours': (ctx, { params, body }) => setWorkingHours(ctx, params.id, body),

  'GET /hours-exceptions': async (ctx, { query }) => {
    const [from, to] = [plainDate(query.from), plainDate(query.to)]
    if (from.until(to).total('days') > longestDays) throw new Refusal('too_long')
    return { items: await read(ctx, (db) => listExceptions(db, from, to)) }
  },
  'POST /hours-exceptions': (ctx, { body }) => createException(ctx, body),
  'DELETE /hours-exceptions/:id': async (ctx, { params }) => {
    await removeException(ctx, params.id)
    return null
  },

  'POST /visit-types': (ctx, { body }) => createVisitType(ctx, body),
  'PUT /visit-types/:id': (ctx, { params, body }) => changeVisitType(ctx, params.id, body),
  'POST /price-items': (ctx, { body }) => createPriceItem(ctx, body),
  'PUT /price-items/:id': (ctx, { params, body }) => changePriceItem(ctx, params.id, body),
} satisfies Handlers<keyof typeof settingsRoutes>
