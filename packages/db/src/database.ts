import type { Kysely } from 'kysely'
import type { ClinicTable, BranchTable, OpeningHoursTable, SetupLinkTable } from './clinics/table.ts'
import type { StaffTable, StaffPreferenceTable, DiaryLookTable, StaffRoleTable, LoginTable, SessionTable, RefreshTokenTable, SignInThrottleTable } from './staff/table.ts'
import type { ResourceTable, PractitionerTable, WorkingHoursTable, HoursExceptionTable } from './resources/table.ts'
import type { VisitTypeNeedResourceTable, VisitTypeNeedTable, VisitTypeTable, VisitTypePractitionerTable } from './visit-types/table.ts'
import type { PriceChangeTable, PriceItemTable, PriceListItemTable, PriceListPractitionerTable, PriceListTable } from './prices/table.ts'
import type { LaboratoryCostTable, ShareRuleTable } from './shares/table.ts'
import type { PatientTable, PatientPhoneTable, PatientRelationTable, ConsentTable, PatientMergeRowTable, PatientMergeTable } from './patients/table.ts'
import type { AppointmentTable, AllocationTable, AppointmentStatusTable, AppointmentParkingTable } from './appointments/table.ts'
import type { VisitPaperTable } from './papers/table.ts'
import type { BlockTable, BlockResourceTable } from './blocks/table.ts'
import type { RebookingTable } from './rebooking/table.ts'
import type { AttachmentTable } from './attachments/table.ts'
import type { EncounterTable, NoteVersionTable, ProcedureDoneTable } from './encounters/table.ts'
import type { PatientFilterTable } from './patient-filters/table.ts'
import type { PatientTagTable, TagTable } from './tags/table.ts'
import type { NoteTextStartTable, NoteTextTable } from './note-texts/table.ts'
import type { NextVisitOrderTable, NextVisitStepTable } from './orders/table.ts'
import type { SeriesTable, SeriesVisitTable, SeriesChangeTable } from './series/table.ts'
import type { CashLimitTable, VatRateTable, DocumentCounterTable, InvoiceTable, InvoiceLineTable, AdvanceUseTable, PaymentTable, RefundTable, SigningCertificateTable } from './invoices/table.ts'
import type { ReminderCallTable, ReminderCheckTable, ReminderRuleTable, ReminderRuleVisitTypeTable, ReminderSettingTable, ReminderTable, ReminderWishTable } from './reminders/table.ts'
import type { DeadAddressTable, SendingDayTable, SendingGaugeTable, SendingSettingTable, MessageTemplateVersionTable, MessageTemplateTable, MessageTable, MessageVisitTable, MessageReceiptTable, InboundMessageTable, VoiceSettingTable, WhatsappSettingTable, WhatsappTemplateTable } from './messages/table.ts'
import type { EventTable, OutboxTable } from './audit/table.ts'
import type { DataKeyTable } from './keys/table.ts'
import type { ImportJobTable, ImportRowTable } from './imports/table.ts'
import type { CustomFieldTable, CustomValueChangeTable, CustomValueTable } from './fields/table.ts'
import type { FlowSettingTable, TicketCounterTable, TicketTable } from './flow/table.ts'
import type { BookExportTable } from './books/table.ts'
import type { ChequeDepositTable, ChequeMoveTable } from './cheques/table.ts'
import type { CashClosingMeansTable, CashClosingPaymentTable, CashClosingRefundTable, CashClosingTable } from './cash-desk/table.ts'
import type { ContactEarlierTable, ContactTable } from './contacts/table.ts'
import type { FormResponseTable, FormTable, FormVersionTable, ReportedAlertTable } from './forms/table.ts'
import type { HandoverTable, ShiftNoteTable } from './handovers/table.ts'
import type { ClosedVisitTable, MonthClosingTable } from './months/table.ts'
import type { DebtPauseTable, DebtReminderTable, DebtSettingTable, DebtStepTable, DebtWriteOffTable, OpenRequestTable } from './debts/table.ts'
import type { AccountingAttemptTable, AccountingConnectionTable, AccountingEntryTable, AccountingStrangerTable } from './accounting/table.ts'
import type { AllocationAnswerTable, AllocationRequestTable, AllocationThresholdTable, TaxAuthorityConnectionTable } from './allocation-numbers/table.ts'
import type { PaymentLinkMoneyTable, PaymentLinkTable, PaymentProviderConnectionTable } from './payment-links/table.ts'
import type { OrganisationTable, PatientPayerTable, VisitPayerPartTable, VisitPayerTable } from './organisations/table.ts'
import type { AccountStatementTable, StatementSettingTable } from './statements/table.ts'
import type { DiscountSettingTable, VisitDiscountTable } from './discounts/table.ts'
import type { TaskTable } from './tasks/table.ts'
import type { ConversationTable, QuickTextTable } from './conversations/table.ts'
import type { AnswerSettingTable, AnswerVisitTypeTable, VisitLinkTable } from './visit-links/table.ts'
import type { LetterTable, LetterTemplateTable } from './letters/table.ts'
import type { ToothFindingTable } from './teeth/table.ts'
import type { TreatmentPlanItemTable, TreatmentPlanOrderTable, TreatmentPlanPhaseTable, TreatmentPlanSignatureTable, TreatmentPlanTable } from './plans/table.ts'
import type { CalendarFeedTable } from './calendar-feeds/table.ts'
import type { WaitingScreenTable } from './waiting-rooms/table.ts'
import type { DemoClockTable } from './demo/table.ts'
import type { WaitlistEntryTable, WaitlistOfferTable, WaitlistPlaceTable, WaitlistPractitionerTable, WaitlistSettingTable } from './waitlist/table.ts'

export interface Database {
  clinic: ClinicTable
  branch: BranchTable
  opening_hours: OpeningHoursTable
  setup_link: SetupLinkTable
  staff: StaffTable
  staff_preference: StaffPreferenceTable
  diary_look: DiaryLookTable
  staff_role: StaffRoleTable
  login: LoginTable
  session: SessionTable
  refresh_token: RefreshTokenTable
  sign_in_throttle: SignInThrottleTable
  resource: ResourceTable
  practitioner: PractitionerTable
  working_hours: WorkingHoursTable
  hours_exception: HoursExceptionTable
  visit_type: VisitTypeTable
  visit_type_practitioner: VisitTypePractitionerTable
  visit_type_need: VisitTypeNeedTable
  visit_type_need_resource: VisitTypeNeedResourceTable
  price_item: PriceItemTable
  price_change: PriceChangeTable
  price_list: PriceListTable
  share_rule: ShareRuleTable
  laboratory_cost: LaboratoryCostTable
  price_list_practitioner: PriceListPractitionerTable
  price_list_item: PriceListItemTable
  patient: PatientTable
  patient_phone: PatientPhoneTable
  patient_relation: PatientRelationTable
  consent: ConsentTable
  patient_merge: PatientMergeTable
  patient_merge_row: PatientMergeRowTable
  appointment: AppointmentTable
  allocation: AllocationTable
  appointment_status: AppointmentStatusTable
  appointment_parking: AppointmentParkingTable
  visit_paper: VisitPaperTable
  block: BlockTable
  block_resource: BlockResourceTable
  rebooking: RebookingTable
  encounter: EncounterTable
  note_version: NoteVersionTable
  tag: TagTable
  patient_tag: PatientTagTable
  patient_filter: PatientFilterTable
  note_text: NoteTextTable
  note_text_start: NoteTextStartTable
  procedure_done: ProcedureDoneTable
  attachment: AttachmentTable
  tooth_finding: ToothFindingTable
  custom_field: CustomFieldTable
  custom_value: CustomValueTable
  custom_value_change: CustomValueChangeTable
  letter: LetterTable
  letter_template: LetterTemplateTable
  treatment_plan: TreatmentPlanTable
  treatment_plan_phase: TreatmentPlanPhaseTable
  treatment_plan_item: TreatmentPlanItemTable
  treatment_plan_order: TreatmentPlanOrderTable
  treatment_plan_signature: TreatmentPlanSignatureTable
  form: FormTable
  form_version: FormVersionTable
  form_response: FormResponseTable
  reported_alert: ReportedAlertTable
  next_visit_order: NextVisitOrderTable
  next_visit_step: NextVisitStepTable
  series: SeriesTable
  series_visit: SeriesVisitTable
  series_change: SeriesChangeTable
  vat_rate: VatRateTable
  cash_limit: CashLimitTable
  document_counter: DocumentCounterTable
  book_export: BookExportTable
  cheque_deposit: ChequeDepositTable
  cheque_move: ChequeMoveTable
  cash_closing: CashClosingTable
  cash_closing_means: CashClosingMeansTable
  cash_closing_payment: CashClosingPaymentTable
  cash_closing_refund: CashClosingRefundTable
  organisation: OrganisationTable
  allocation_threshold: AllocationThresholdTable
  allocation_request: AllocationRequestTable
  allocation_answer: AllocationAnswerTable
  tax_authority_connection: TaxAuthorityConnectionTable
  accounting_connection: AccountingConnectionTable
  accounting_entry: AccountingEntryTable
  accounting_attempt: AccountingAttemptTable
  accounting_stranger: AccountingStrangerTable
  payment_provider_connection: PaymentProviderConnectionTable
  payment_link: PaymentLinkTable
  payment_link_money: PaymentLinkMoneyTable
  patient_payer: PatientPayerTable
  visit_payer: VisitPayerTable
  visit_payer_part: VisitPayerPartTable
  invoice: InvoiceTable
  invoice_line: InvoiceLineTable
  payment: PaymentTable
  refund: RefundTable
  advance_use: AdvanceUseTable
  discount_setting: DiscountSettingTable
  visit_discount: VisitDiscountTable
  debt_setting: DebtSettingTable
  statement_setting: StatementSettingTable
  account_statement: AccountStatementTable
  debt_step: DebtStepTable
  debt_reminder: DebtReminderTable
  debt_pause: DebtPauseTable
  debt_write_off: DebtWriteOffTable
  open_request: OpenRequestTable
  month_closing: MonthClosingTable
  closed_visit: ClosedVisitTable
  reminder_rule: ReminderRuleTable
  reminder_rule_visit_type: ReminderRuleVisitTypeTable
  reminder_wish: ReminderWishTable
  reminder_setting: ReminderSettingTable
  reminder: ReminderTable
  reminder_call: ReminderCallTable
  reminder_check: ReminderCheckTable
  message_template: MessageTemplateTable
  message: MessageTable
  message_visit: MessageVisitTable
  message_receipt: MessageReceiptTable
  message_template_version: MessageTemplateVersionTable
  dead_address: DeadAddressTable
  sending_setting: SendingSettingTable
  signing_certificate: SigningCertificateTable
  sending_day: SendingDayTable
  voice_setting: VoiceSettingTable
  whatsapp_setting: WhatsappSettingTable
  whatsapp_template: WhatsappTemplateTable
  sending_gauge: SendingGaugeTable
  inbound_message: InboundMessageTable
  event: EventTable
  outbox: OutboxTable
  data_key: DataKeyTable
  import_job: ImportJobTable
  import_row: ImportRowTable
  flow_setting: FlowSettingTable
  ticket_counter: TicketCounterTable
  ticket: TicketTable
  waiting_screen: WaitingScreenTable
  calendar_feed: CalendarFeedTable
  task: TaskTable
  contact: ContactTable
  contact_earlier: ContactEarlierTable
  shift_note: ShiftNoteTable
  handover: HandoverTable
  demo_clock: DemoClockTable
  waitlist_entry: WaitlistEntryTable
  waitlist_practitioner: WaitlistPractitionerTable
  waitlist_place: WaitlistPlaceTable
  waitlist_offer: WaitlistOfferTable
  waitlist_setting: WaitlistSettingTable
  visit_link: VisitLinkTable
  conversation: ConversationTable
  quick_text: QuickTextTable
  answer_setting: AnswerSettingTable
  answer_visit_type: AnswerVisitTypeTable
}

/** Enough to read: a query that takes it may run in any transaction. */
export type Db = Kysely<Database>

declare const writable: unique symbol
/** A transaction that may write and lock. Only `transact` makes one, so the compiler refuses a write outside it. */
export type Tx = Db & { readonly [writable]: true }
