import type { RouteKey } from '@yoman/contract/routes'

type ReadKey = Extract<RouteKey, `GET ${string}`>

/** What changes with how messages leave and arrive. */
export const sendingRoutesByNoun: Record<string, readonly ReadKey[]> = {
  message: ['GET /sending-troubles', 'GET /sending-settings', 'GET /dead-addresses'],
  clinic: ['GET /sending-settings', 'GET /whatsapp-settings', 'GET /voice-settings', 'GET /signing-certificate'],
  patient: ['GET /dead-addresses'],
}
