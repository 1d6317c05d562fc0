import type { discountRoutes } from '@yoman/contract/discounts'
import { costOfAll } from '@yoman/domain/invoices/discount'
import { setDiscount } from '@yoman/use-cases/discounts/give'
import { changeDiscountSetting, discountSetting } from '@yoman/use-cases/discounts/settings'
import type { Handlers } from '../http/handler.ts'
import { presentLine } from '../invoices/present.ts'

export const discountHandlers = {
  'PUT /appointments/:id/discount': async (ctx, { params, body }) => {
    const { lines } = await setDiscount(ctx, { appointmentId: params.id, procedureId: body.procedureId, give: body.discount })
    return { lines: lines.map(presentLine), totalAgorot: costOfAll(lines) }
  },

  'GET /discount-settings': (ctx) => discountSetting(ctx),
  'PUT /discount-settings': (ctx, { body }) => changeDiscountSetting(ctx, body),
} satisfies Handlers<keyof typeof discountRoutes>
