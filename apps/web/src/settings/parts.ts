import { BadgePercent, BellRing, Building2, BriefcaseBusiness, CalendarOff, ClipboardType, CreditCard, DatabaseBackup, FileSignature, FileText, HandCoins, History, Landmark, Layers2, ListPlus, MapPin, MessageSquareText, Monitor, NotebookPen, ReceiptText, Reply, Stethoscope, TableProperties, Tags, UsersRound } from '@lucide/vue'
import { defineAsyncComponent, type Component } from 'vue'
import type { Permission } from '@yoman/domain/access'
import type { Words } from '../locales/words.ts'

/** A part of the settings: its name in the address, its entry in the side list, and who sees it. */
export interface Part {
  name: string
  label: Words
  icon: Component
  permission: Permission
  /** What changing something here needs, where that is not `settings.write`. */
  change?: Permission
  component: Component
}

export const parts: readonly Part[] = [
  { name: 'clinic', label: 'settings.part.clinic', icon: Building2, permission: 'settings.read', component: defineAsyncComponent(() => import('./clinic/ClinicPart.vue')) },
  { name: 'branches', label: 'settings.part.branches', icon: MapPin, permission: 'settings.read', component: defineAsyncComponent(() => import('./branches/BranchesPart.vue')) },
  { name: 'staff', label: 'settings.part.staff', icon: UsersRound, permission: 'staff.read', component: defineAsyncComponent(() => import('./staff/StaffPart.vue')) },
  { name: 'resources', label: 'settings.part.resources', icon: Stethoscope, permission: 'settings.read', component: defineAsyncComponent(() => import('./resources/ResourcesPart.vue')) },
  { name: 'dates', label: 'settings.part.dates', icon: CalendarOff, permission: 'settings.read', component: defineAsyncComponent(() => import('./resources/DatesPart.vue')) },
  { name: 'waiting-room', label: 'screen.part', icon: Monitor, permission: 'settings.read', component: defineAsyncComponent(() => import('./waiting-room/WaitingRoomPart.vue')) },
  { name: 'visit-types', label: 'settings.part.visitTypes', icon: ClipboardType, permission: 'settings.read', component: defineAsyncComponent(() => import('./visit-types/VisitTypesPart.vue')) },
  { name: 'fields', label: 'fields.part', icon: ListPlus, permission: 'settings.read', component: defineAsyncComponent(() => import('./fields/FieldsPart.vue')) },
  { name: 'tags', label: 'tags.part', icon: Tags, permission: 'patient.read', change: 'settings.write', component: defineAsyncComponent(() => import('./tags/TagsPart.vue')) },
  { name: 'forms', label: 'forms.part', icon: FileSignature, permission: 'settings.read', component: defineAsyncComponent(() => import('./forms/FormsSettings.vue')) },
  { name: 'note-texts', label: 'notes.texts.part', icon: NotebookPen, permission: 'note_text.read', change: 'note_text.write', component: defineAsyncComponent(() => import('./note-texts/NoteTextsPart.vue')) },
  { name: 'prices', label: 'settings.part.prices', icon: ReceiptText, permission: 'settings.read', component: defineAsyncComponent(() => import('./prices/PricesPart.vue')) },
  { name: 'price-lists', label: 'prices.part', icon: TableProperties, permission: 'settings.read', component: defineAsyncComponent(() => import('./price-lists/PriceListsPart.vue')) },
  { name: 'discounts', label: 'discounts.rules.part', icon: BadgePercent, permission: 'settings.read', component: defineAsyncComponent(() => import('./discounts/DiscountsPart.vue')) },
  { name: 'organisations', label: 'organisations.part', icon: BriefcaseBusiness, permission: 'invoice.read', change: 'invoice.write', component: defineAsyncComponent(() => import('./organisations/OrganisationsPart.vue')) },
  { name: 'reminders', label: 'settings.part.reminders', icon: BellRing, permission: 'settings.read', component: defineAsyncComponent(() => import('./reminders/RemindersPart.vue')) },
  { name: 'texts', label: 'settings.part.texts', icon: MessageSquareText, permission: 'settings.read', component: defineAsyncComponent(() => import('./reminders/TextsPart.vue')) },
  { name: 'answers', label: 'inbox.settings.part', icon: Reply, permission: 'settings.read', component: defineAsyncComponent(() => import('./answers/AnswersPart.vue')) },
  { name: 'debts', label: 'debts.rules.part', icon: HandCoins, permission: 'settings.read', change: 'settings.write', component: defineAsyncComponent(() => import('./debts/DebtsPart.vue')) },
  { name: 'payment-links', label: 'links.part', icon: CreditCard, permission: 'settings.read', component: defineAsyncComponent(() => import('./payment-links/PaymentLinksPart.vue')) },
  { name: 'tax-authority', label: 'allocation.part', icon: Landmark, permission: 'settings.read', component: defineAsyncComponent(() => import('./tax-authority/TaxAuthorityPart.vue')) },
  { name: 'letters', label: 'letters.settings.part', icon: FileText, permission: 'settings.read', component: defineAsyncComponent(() => import('./letters/LetterTextsPart.vue')) },
  { name: 'overbookings', label: 'resources.report.part', icon: Layers2, permission: 'overbooking.read', component: defineAsyncComponent(() => import('./overbookings/OverbookingsPart.vue')) },
  { name: 'audit', label: 'settings.part.audit', icon: History, permission: 'audit.read', component: defineAsyncComponent(() => import('./audit/AuditPart.vue')) },
  { name: 'data', label: 'settings.part.data', icon: DatabaseBackup, permission: 'data.import', component: defineAsyncComponent(() => import('../imports/DataPart.vue')) },
]
