import type { waitingRoomRoutes } from '@yoman/contract/waiting-rooms'
import { closeScreen, openScreen, readScreens } from '@yoman/use-cases/waiting-rooms/screens'
import { showWaitingRoom } from '@yoman/use-cases/waiting-rooms/show'
import type { Handlers } from '../http/handler.ts'
import { refuseOtherSites } from '../sessions/same-site.ts'

export const waitingRoomHandlers = {
  'GET /waiting-screens': async (ctx) => ({ items: await readScreens(ctx) }),
  'POST /waiting-screens': (ctx, { body }) => openScreen(ctx, body),
  'POST /waiting-screens/:id/revocation': (ctx, { params }) => closeScreen(ctx, params.id),
  'POST /waiting-room-views': ({ services }, { body }, { request }) => {
    refuseOtherSites(request, services.publicUrl)
    return showWaitingRoom({ pool: services.pool, now: services.clock.now() }, body.secret)
  },
} satisfies Handlers<keyof typeof waitingRoomRoutes>
