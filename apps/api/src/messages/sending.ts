import type { DeadAddress, sendingRoutes } from '@yoman/contract/sending'
import { deadAddresses, reviveAddress } from '@yoman/use-cases/messages/dead-addresses'
import { sendingSettings, sendingTroubles, setSendingSettings } from '@yoman/use-cases/messages/sending-settings'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const sendingHandlers = {
  'GET /sending-settings': (ctx) => sendingSettings(ctx),
  'PUT /sending-settings': (ctx, { body }) => setSendingSettings(ctx, body),
  'GET /sending-troubles': (ctx) => sendingTroubles(ctx),
  'GET /dead-addresses': async (ctx, { query }) => ({ items: await present(ctx, query.patientId ?? null) }),

  'POST /address-revivals': async (ctx, { body: { patientId, channel, address } }) => {
    await reviveAddress(ctx, patientId, channel, address)
    return { items: await present(ctx, patientId) }
  },
} satisfies Handlers<keyof typeof sendingRoutes>

const present = async (ctx: RequestContext, patientId: string | null): Promise<DeadAddress[]> =>
  (await deadAddresses(ctx, patientId)).map((one) => ({ ...one, markedAt: one.markedAt.toString() }))
