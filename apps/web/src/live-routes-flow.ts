import type { RouteKey } from '@yoman/contract/routes'

/** What the day's flow, promises and hand-overs show, by the noun of the event that makes it out of date. */
export const flowRoutesByNoun: Record<string, readonly Extract<RouteKey, `GET ${string}`>[]> = {
  appointment: ['GET /day-accounts/:date', 'GET /reminder-forecasts', 'GET /reminder-forecasts/:date', 'GET /missing-papers', 'GET /unpaid-visits', 'GET /not-reached', 'GET /handovers/now'],
  attachment: ['GET /missing-papers', 'GET /handovers/now'],
  order: ['GET /handovers/now'],
  offer: ['GET /handovers/now'],
  rebooking: ['GET /handovers/now'],
  message: ['GET /day-accounts/:date', 'GET /reminder-forecasts', 'GET /reminder-forecasts/:date', 'GET /not-reached', 'GET /handovers/now'],
  reminder: ['GET /day-accounts/:date', 'GET /reminder-forecasts', 'GET /reminder-forecasts/:date', 'GET /not-reached', 'GET /handovers/now'],
  task: ['GET /tasks', 'GET /debts', 'GET /handovers/now', 'GET /patients/:id', 'GET /contacts'],
  contact: ['GET /contacts', 'GET /debts', 'GET /patients/:id'],
  handover: ['GET /handovers'],
  shift_note: ['GET /shift-notes'],
  waiting_screen: ['GET /waiting-screens'],
  invoice: ['GET /unpaid-visits'],
  payment: ['GET /unpaid-visits'],
  branch: ['GET /flow-settings'],
}
