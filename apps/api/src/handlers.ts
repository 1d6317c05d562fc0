import { appointmentHandlers } from './appointments/routes.ts'
import { attachmentHandlers } from './attachments/routes.ts'
import { availabilityHandlers } from './availability/routes.ts'
import { auditHandlers } from './audit/routes.ts'
import { blockHandlers } from './blocks/routes.ts'
import { bookHandlers } from './books/routes.ts'
import { cashDeskHandlers } from './cash-desk/routes.ts'
import { chequeHandlers } from './cheques/routes.ts'
import { calendarFeedHandlers } from './calendar-feeds/routes.ts'
import { contactHandlers } from './contacts/routes.ts'
import { diaryChangeHandlers } from './diary-changes/routes.ts'
import { discountHandlers } from './discounts/routes.ts'
import { encounterHandlers } from './encounters/routes.ts'
import { exportHandlers } from './exports/routes.ts'
import { fieldHandlers } from './fields/routes.ts'
import { familyHandlers } from './families/routes.ts'
import { flowHandlers } from './flow/routes.ts'
import { formHandlers } from './forms/routes.ts'
import { reminderReportHandlers } from './reminders/reports.ts'
import { dayAccountHandlers, reminderForecastHandlers } from './reminders/day-account.ts'
import { handoverHandlers } from './handovers/routes.ts'
import { taskHandlers } from './tasks/routes.ts'
import { waitingRoomHandlers } from './waiting-rooms/routes.ts'
import type { Handlers } from './http/handler.ts'
import { importHandlers } from './imports/routes.ts'
import { invoiceHandlers } from './invoices/routes.ts'
import { signingHandlers } from './invoices/signing.ts'
import { mergeHandlers } from './merges/routes.ts'
import { messageHandlers } from './messages/routes.ts'
import { sendingHandlers } from './messages/sending.ts'
import { voiceHandlers } from './messages/voice.ts'
import { whatsappHandlers } from './messages/whatsapp.ts'
import { debtHandlers } from './debts/routes.ts'
import { monthHandlers } from './months/routes.ts'
import { accountingHandlers } from './accounting/routes.ts'
import { allocationHandlers } from './allocation-numbers/routes.ts'
import { paymentLinkHandlers } from './payment-links/routes.ts'
import { organisationHandlers } from './organisations/routes.ts'
import { shareHandlers } from './shares/routes.ts'
import { statementHandlers } from './statements/routes.ts'
import { noteTextHandlers } from './note-texts/routes.ts'
import { orderHandlers } from './orders/routes.ts'
import { overbookingHandlers } from './overbookings/routes.ts'
import { paperHandlers } from './papers/routes.ts'
import { liveHandlers } from './live/routes.ts'
import { patientFilterHandlers } from './patient-filters/routes.ts'
import { recordSearchHandlers } from './patients/record-searches.ts'
import { patientHandlers } from './patients/routes.ts'
import { rebookingHandlers } from './rebooking/routes.ts'
import { registerHandlers } from './registers/routes.ts'
import { reminderHandlers } from './reminders/routes.ts'
import { reportHandlers } from './reports/routes.ts'
import { seriesHandlers } from './series/routes.ts'
import { sessionHandlers } from './sessions/routes.ts'
import { settingsHandlers } from './settings/routes.ts'
import { staffHandlers } from './staff/routes.ts'
import { letterHandlers } from './letters/routes.ts'
import { planHandlers } from './plans/routes.ts'
import { priceListHandlers } from './prices/routes.ts'
import { tagHandlers } from './tags/routes.ts'
import { teethHandlers } from './teeth/routes.ts'
import { conversationHandlers } from './conversations/routes.ts'
import { visitLinkHandlers } from './visit-links/routes.ts'
import { waitlistHandlers } from './waitlist/routes.ts'

/** Every noun's handlers. A route of the table that nobody handles is found by http/every-route.test.ts. */
export const handlers = {
  ...sessionHandlers,
  ...settingsHandlers,
  ...staffHandlers,
  ...auditHandlers,
  ...liveHandlers,
  ...appointmentHandlers,
  ...paperHandlers,
  ...availabilityHandlers,
  ...diaryChangeHandlers,
  ...overbookingHandlers,
  ...flowHandlers,
  ...taskHandlers,
  ...dayAccountHandlers,
  ...reminderForecastHandlers,
  ...reminderReportHandlers,
  ...contactHandlers,
  ...handoverHandlers,
  ...waitingRoomHandlers,
  ...calendarFeedHandlers,
  ...blockHandlers,
  ...rebookingHandlers,
  ...patientHandlers,
  ...recordSearchHandlers,
  ...patientFilterHandlers,
  ...tagHandlers,
  ...mergeHandlers,
  ...familyHandlers,
  ...encounterHandlers,
  ...noteTextHandlers,
  ...attachmentHandlers,
  ...teethHandlers,
  ...fieldHandlers,
  ...planHandlers,
  ...priceListHandlers,
  ...letterHandlers,
  ...formHandlers,
  ...orderHandlers,
  ...waitlistHandlers,
  ...visitLinkHandlers,
  ...conversationHandlers,
  ...seriesHandlers,
  ...messageHandlers,
  ...sendingHandlers,
  ...voiceHandlers,
  ...signingHandlers,
  ...organisationHandlers,
  ...accountingHandlers,
  ...allocationHandlers,
  ...paymentLinkHandlers,
  ...whatsappHandlers,
  ...reminderHandlers,
  ...invoiceHandlers,
  ...discountHandlers,
  ...bookHandlers,
  ...reportHandlers,
  ...registerHandlers,
  ...monthHandlers,
  ...shareHandlers,
  ...statementHandlers,
  ...cashDeskHandlers,
  ...debtHandlers,
  ...chequeHandlers,
  ...importHandlers,
  ...exportHandlers,
} satisfies Partial<Handlers>
