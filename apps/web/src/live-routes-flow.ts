import type { RouteKey } from '@yoman/contract/routes'

/** What the day's flow, promises and hand-overs show, by the noun of the event that makes it out of date. */
export const flowRoutesByNoun: Record<string, readonly Extract<RouteKey, `GET ${string}`>[]> = {
  appointment: ['GET /unpaid-visits'],
  invoice: ['GET /unpaid-visits'],
  payment: ['GET /unpaid-visits'],
  branch: ['GET /flow-settings'],
}
