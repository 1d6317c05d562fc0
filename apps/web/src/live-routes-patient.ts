import type { RouteKey } from '@yoman/contract/routes'

type ReadKey = Extract<RouteKey, `GET ${string}`>

/**
 * What a change of a patient's own record makes out of date: whatever names patients, so that a corrected name, a new
 * number or an alert is on every screen that second. Alerts above all: the room and the desk act on them.
 */
export const patientRoutesByNoun: Record<string, readonly ReadKey[]> = {
  patient: [
    'GET /patients/:id/tags',
    'GET /patients/:id/payer',
    'GET /appointments/:id/bill',
    'GET /patients/:id/family',
    'GET /patients/:id/prices',
    'GET /encounters/:id/prices',
    'GET /coming-of-age',
    'GET /patient-merges',
    'GET /patient-merges/:id',
    'GET /patients',
    'GET /patients/:id',
    'GET /diary',
    'GET /parked-appointments',
    'GET /missing-papers',
    'GET /unpaid-visits',
    'GET /tasks',
    'GET /day-accounts/:date',
    'GET /contacts',
    'GET /not-reached',
    'GET /patients/:id/timeline',
    'GET /room-days',
    'GET /orders',
    'GET /orders/:id',
    'GET /waitlist',
    'GET /waitlist-offers',
    'GET /conversations',
    'GET /conversations/:id',
    'GET /messages',
    'GET /inbound-messages',
    'GET /reminder-forecasts',
    'GET /reminder-forecasts/:date',
    'GET /invoices',
    'GET /invoices/:id',
    'GET /allocation-numbers',
    'GET /payment-link-money',
    'GET /reports/income/items',
    'GET /registers/day-book',
    'GET /patients/:id/card',
    'GET /registers/appointments',
    'GET /registers/write-offs',
    'GET /shares/:month/:practitionerId',
    'GET /statements',
    'GET /cash-desk',
    'GET /cash-closings/:id',
    'GET /debts',
    'GET /cheques',
    'GET /cheque-deposits/:id',
  ],
}
