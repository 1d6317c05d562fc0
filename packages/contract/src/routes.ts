import type { Static, TSchema } from 'typebox'
import { appointmentRoutes } from './appointments.ts'
import { attachmentRoutes } from './attachments.ts'
import { auditRoutes } from './audit.ts'
import { availabilityRoutes } from './availability.ts'
import { blockRoutes } from './blocks.ts'
import { bookRoutes } from './books.ts'
import { cashDeskRoutes } from './cash-desk.ts'
import { chequeRoutes } from './cheques.ts'
import { calendarFeedRoutes } from './calendar-feeds.ts'
import { contactRoutes } from './contacts.ts'
import { diaryChangeRoutes } from './diary-changes.ts'
import { discountRoutes } from './discounts.ts'
import { encounterRoutes } from './encounters.ts'
import { familyRoutes } from './families.ts'
import { fieldRoutes } from './fields.ts'
import { flowRoutes } from './flow.ts'
import { formRoutes } from './forms.ts'
import { debtRoutes } from './debts.ts'
import { dayAccountRoutes } from './day-accounts.ts'
import { handoverRoutes } from './handovers.ts'
import { taskRoutes } from './tasks.ts'
import { waitingRoomRoutes } from './waiting-rooms.ts'
import { holdRoutes } from './holds.ts'
import { exportRoutes, importRoutes } from './imports.ts'
import { invoiceRoutes } from './invoices.ts'
import { liveRoutes } from './live.ts'
import { mergeRoutes } from './merges.ts'
import { messageRoutes } from './messages.ts'
import { monthRoutes } from './months.ts'
import { shareRoutes } from './shares.ts'
import { statementRoutes } from './statements.ts'
import { noteTextRoutes } from './note-texts.ts'
import { orderRoutes } from './orders.ts'
import { overbookingRoutes } from './overbookings.ts'
import { paperRoutes } from './papers.ts'
import { parkingRoutes } from './parking.ts'
import { patientFilterRoutes } from './patient-filters.ts'
import { patientRoutes } from './patients.ts'
import { letterRoutes } from './letters.ts'
import { planRoutes } from './plans.ts'
import { priceListRoutes } from './price-lists.ts'
import { recordSearchRoutes } from './record-searches.ts'
import { rebookingRoutes } from './rebooking.ts'
import { registerRoutes } from './registers.ts'
import { reminderForecastRoutes } from './reminder-forecasts.ts'
import { reportRoutes } from './reports.ts'
import { reminderReportRoutes } from './reminder-reports.ts'
import { reminderRoutes } from './reminders.ts'
import type { FileResponse, RouteSpec, StreamResponse } from './route.ts'
import { sendingRoutes } from './sending.ts'
import { voiceRoutes } from './voice.ts'
import { accountingRoutes } from './accounting.ts'
import { allocationRoutes } from './allocation-numbers.ts'
import { paymentLinkRoutes } from './payment-links.ts'
import { organisationRoutes } from './organisations.ts'
import { signingRoutes } from './signing.ts'
import { whatsappRoutes } from './whatsapp.ts'
import { seriesRoutes } from './series.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { staffRoutes } from './staff.ts'
import { tagRoutes } from './tags.ts'
import { teethRoutes } from './teeth.ts'
import { conversationRoutes } from './conversations.ts'
import { visitLinkRoutes } from './visit-links.ts'
import { waitlistRoutes } from './waitlist.ts'

/** Every operation of the API, under /api. The one truth: server, OpenAPI and client are typed from it. */
export const routes = {
  ...sessionRoutes,
  ...settingsRoutes,
  ...staffRoutes,
  ...auditRoutes,
  ...liveRoutes,
  ...appointmentRoutes,
  ...holdRoutes,
  ...parkingRoutes,
  ...paperRoutes,
  ...availabilityRoutes,
  ...diaryChangeRoutes,
  ...overbookingRoutes,
  ...flowRoutes,
  ...taskRoutes,
  ...dayAccountRoutes,
  ...contactRoutes,
  ...handoverRoutes,
  ...waitingRoomRoutes,
  ...calendarFeedRoutes,
  ...blockRoutes,
  ...rebookingRoutes,
  ...patientRoutes,
  ...recordSearchRoutes,
  ...patientFilterRoutes,
  ...tagRoutes,
  ...mergeRoutes,
  ...familyRoutes,
  ...encounterRoutes,
  ...noteTextRoutes,
  ...attachmentRoutes,
  ...teethRoutes,
  ...fieldRoutes,
  ...planRoutes,
  ...priceListRoutes,
  ...letterRoutes,
  ...formRoutes,
  ...orderRoutes,
  ...waitlistRoutes,
  ...visitLinkRoutes,
  ...conversationRoutes,
  ...seriesRoutes,
  ...importRoutes,
  ...exportRoutes,
  ...messageRoutes,
  ...sendingRoutes,
  ...voiceRoutes,
  ...signingRoutes,
  ...whatsappRoutes,
  ...reminderForecastRoutes,
  ...reminderReportRoutes,
  ...reminderRoutes,
  ...invoiceRoutes,
  ...organisationRoutes,
  ...discountRoutes,
  ...accountingRoutes,
  ...allocationRoutes,
  ...paymentLinkRoutes,
  ...bookRoutes,
  ...reportRoutes,
  ...registerRoutes,
  ...monthRoutes,
  ...shareRoutes,
  ...statementRoutes,
  ...cashDeskRoutes,
  ...debtRoutes,
  ...chequeRoutes,
}

export type Routes = typeof routes
export type RouteKey = keyof Routes

/** What a file route answers on the server; in the browser it is a Blob. */
export interface FileAnswer {
  name: string
  body: Uint8Array | AsyncIterable<Uint8Array>
  /** Where one route answers files of several types; else the route's own. */
  mediaType?: string
  /** Bytes of the body, where they are known: so that progress can be told. */
  length?: number
}

type Part<R, Name extends string> = R extends { [N in Name]: infer S extends TSchema } ? Static<S> : undefined

// Mapped types that are indexed, not generic conditional ones: the compiler evaluates each entry once.
export type Inputs = { [K in RouteKey]: { params: Part<Routes[K], 'params'>; query: Part<Routes[K], 'query'>; body: Part<Routes[K], 'body'> } }
export type Outputs = { [K in RouteKey]: Routes[K]['response'] extends FileResponse ? FileAnswer : Routes[K]['response'] extends StreamResponse ? null : Part<Routes[K], 'response'> }

export const specOf = (key: RouteKey): RouteSpec => routes[key]
