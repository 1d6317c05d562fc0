import type { RouteKey } from '@yoman/contract/routes'
import { flowRoutesByNoun } from './live-routes-flow.ts'
import { patientRoutesByNoun } from './live-routes-patient.ts'
import { planRoutesByNoun } from './live-routes-plans.ts'
import { sendingRoutesByNoun } from './live-routes-sending.ts'

type ReadKey = Extract<RouteKey, `GET ${string}`>

const byNoun: Record<string, readonly ReadKey[]> = {
  appointment: ['GET /registers/day-book', 'GET /overbookings', 'GET /diary', 'GET /diary-changes', 'GET /diary-months', 'GET /parked-appointments', 'GET /appointments/:id', 'GET /series/:id', 'GET /appointments/:id/bill', 'GET /patients/:id', 'GET /orders', 'GET /room-days', 'GET /waitlist-places', 'GET /rebookings', 'GET /patients/:id/card', 'GET /registers/appointments'],
  tag: ['GET /tags'],
  patient_filter: ['GET /patient-filters'],
  block: ['GET /blocks', 'GET /diary', 'GET /diary-months', 'GET /rebookings', 'GET /holiday-proposals'],
  rebooking: ['GET /rebookings'],
  consent: ['GET /patients/:id', 'GET /reminder-forecasts', 'GET /reminder-forecasts/:date'],
  field: ['GET /fields', 'GET /patients/:id', 'GET /appointments/:id'],
  form: ['GET /forms'],
  form_response: ['GET /patients/:id/forms', 'GET /form-responses/:id'],
  alert: ['GET /patients/:id/reported-alerts'],
  field_value: ['GET /patients/:id/fields', 'GET /appointments/:id/fields', 'GET /encounters/:id/fields', 'GET /patients/:id/field-history', 'GET /patients/:id', 'GET /appointments/:id'],
  tooth: ['GET /patients/:id/teeth'],
  encounter: ['GET /patients/:id/teeth', 'GET /patients/:id', 'GET /diary', 'GET /encounters/:id', 'GET /room-days', 'GET /appointments/:id/bill', 'GET /patients/:id/card', 'GET /encounters/:id/versions'],
  attachment: ['GET /patients/:id/attachments', 'GET /patients/:id', 'GET /diary', 'GET /appointments/:id'],
  message: ['GET /statements', 'GET /messages', 'GET /invoices/:id/payment-links', 'GET /debts/:patientId', 'GET /waitlist-offers', 'GET /inbound-messages', 'GET /patients/:id', 'GET /invoices', 'GET /invoices/:id', 'GET /conversations/:id'],
  allocation_number: ['GET /allocation-numbers', 'GET /invoices', 'GET /invoices/:id'],
  tax_authority: ['GET /tax-authority-connection', 'GET /allocation-numbers'],
  accounting: ['GET /accounting-connection', 'GET /accounting-reconciliations', 'GET /accounting-entries'],
  accounting_entry: ['GET /accounting-reconciliations', 'GET /accounting-entries'],
  payment_link: ['GET /invoices/:id/payment-links', 'GET /payment-link-money', 'GET /payment-provider/unsettled'],
  payment_provider: ['GET /payment-provider', 'GET /payment-provider/unsettled'],
  organisation: ['GET /organisations', 'GET /appointments/:id/bill', 'GET /debts'],
  books: ['GET /book-exports'],
  invoice: ['GET /allocation-numbers', 'GET /registers/day-book', 'GET /debts', 'GET /debts/:patientId', 'GET /diary', 'GET /invoices', 'GET /invoices/:id', 'GET /appointments/:id/bill', 'GET /patients/:id', 'GET /patients/:id/credits', 'GET /reports/income', 'GET /reports/income/items', 'GET /reports/income/explanation', 'GET /patients/:id/card', 'GET /registers/write-offs', 'GET /registers/vat', 'GET /registers/vat/documents'],
  discount: ['GET /appointments/:id/bill', 'GET /encounters/:id', 'GET /room-days', 'GET /discount-settings', 'GET /registers/discounts', 'GET /reports/income', 'GET /reports/income/items'],
  payment: ['GET /registers/day-book', 'GET /diary', 'GET /invoices', 'GET /invoices/:id', 'GET /appointments/:id/bill', 'GET /patients/:id', 'GET /patients/:id/credits', 'GET /cash-desk', 'GET /patients/:id/card', 'GET /registers/write-offs'],
  cheque: ['GET /registers/day-book', 'GET /debts', 'GET /cheques', 'GET /cheque-deposits', 'GET /invoices', 'GET /invoices/:id', 'GET /appointments/:id/bill', 'GET /patients/:id', 'GET /patients/:id/credits', 'GET /cash-desk', 'GET /cheque-deposits/:id', 'GET /debts/:patientId', 'GET /patients/:id/card', 'GET /registers/write-offs'],
  month: ['GET /months', 'GET /months/:month'],
  share: ['GET /share-rules', 'GET /shares/:month', 'GET /shares/:month/:practitionerId'],
  statement: ['GET /statement-settings'],
  debt: ['GET /debts', 'GET /debts/:patientId', 'GET /debt-settings', 'GET /debt-settings/first-reminders', 'GET /registers/write-offs'],
  cash_desk: ['GET /cash-desk', 'GET /cash-closings'],
  clinic: ['GET /settings', 'GET /waitlist-settings', 'GET /answer-settings', 'GET /reminder-settings'],
  branch: ['GET /settings', 'GET /diary', 'GET /diary-months', 'GET /hours-exceptions'],
  resource: ['GET /settings', 'GET /diary', 'GET /diary-months', 'GET /hours-exceptions', 'GET /rebookings'],
  visit_type: ['GET /settings'],
  price_item: ['GET /settings', 'GET /encounters/:id/prices', 'GET /patients/:id/prices', 'GET /appointments/:id/bill'],
  price_list: ['GET /price-lists', 'GET /encounters/:id/prices', 'GET /patients/:id/prices', 'GET /appointments/:id/bill'],
  staff: ['GET /rebookings', 'GET /staff', 'GET /settings'],
  reminder_rule: ['GET /reminder-rules', 'GET /reminder-forecasts', 'GET /reminder-forecasts/:date'],
  reminder_check: ['GET /reminder-checks'],
  reminder_wish: ['GET /patients/:id/reminder-wish', 'GET /reminder-forecasts', 'GET /reminder-forecasts/:date', 'GET /day-accounts/:date'],
  template: ['GET /message-templates', 'GET /message-templates/:kind/:channel/:language/versions'],
  import: ['GET /imports', 'GET /imports/:id', 'GET /imports/:id/rows'],
  conversation: ['GET /conversations', 'GET /conversations/:id', 'GET /quick-texts'],
  waitlist: ['GET /patients/:id', 'GET /waitlist', 'GET /waitlist-places'],
  offer: ['GET /waitlist', 'GET /waitlist-places', 'GET /waitlist-offers'],
  series: ['GET /series/:id', 'GET /diary'],
  note_text: ['GET /note-texts'],
  order: ['GET /orders', 'GET /orders/:id', 'GET /patients/:id', 'GET /diary'],
}

/** The cached reads that an event makes out of date, by its noun. */
export function staleRoutes(name: string): readonly ReadKey[] {
  const noun = name.slice(0, name.indexOf('.'))
  return [...(byNoun[noun] ?? []), ...(flowRoutesByNoun[noun] ?? []), ...(patientRoutesByNoun[noun] ?? []), ...(planRoutesByNoun[noun] ?? []), ...(sendingRoutesByNoun[noun] ?? [])]
}
