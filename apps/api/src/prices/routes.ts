import type { priceListRoutes } from '@yoman/contract/price-lists'
import { changePriceList, createPriceList, listPriceLists } from '@yoman/use-cases/prices/lists'
import { pricesForEncounter, pricesForPatient } from '@yoman/use-cases/prices/proposed'
import { raisePrices } from '@yoman/use-cases/prices/raise-all'
import type { Handlers } from '../http/handler.ts'

export const priceListHandlers = {
  'GET /price-lists': async (ctx) => ({ items: await listPriceLists(ctx) }),
  'POST /price-lists': (ctx, { body }) => createPriceList(ctx, body),
  'PUT /price-lists/:id': (ctx, { params, body }) => changePriceList(ctx, params.id, body),
  'POST /price-raises': async (ctx, { body }) => ({ items: await raisePrices(ctx, body) }),
  'GET /encounters/:id/prices': async (ctx, { params }) => {
    const { patientId, branchId, on, items } = await pricesForEncounter(ctx, params.id)
    ctx.reading({ name: 'encounter.read', subject: { type: 'encounter', id: params.id }, patientId, branchId, details: { part: 'prices' } })
    return { on, items }
  },
  'GET /patients/:id/prices': async (ctx, { params, query }) => {
    const { patientId, branchId, on, items } = await pricesForPatient(ctx, params.id, query)
    ctx.reading({ name: 'patient.read', subject: { type: 'patient', id: patientId }, patientId, branchId, details: { part: 'prices' } })
    return { on, items }
  },
} satisfies Handlers<keyof typeof priceListRoutes>
