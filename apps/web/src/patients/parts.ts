import { type Component, defineAsyncComponent, h } from 'vue'
import type { PatientPage } from '@yoman/contract/patients'
import type { Settings } from '@yoman/contract/settings'
import { language, t } from '../i18n.ts'
import { may } from '../session.ts'
import { patientName } from '../shell/patient-name.ts'
import { ageOf } from './age-of.ts'
import TimelinePart from './timeline/TimelinePart.vue'

// The timeline is what is read first; the other parts come when they are opened, or the record would wait for all of them.
const AttachmentsPart = defineAsyncComponent(() => import('../attachments/AttachmentsPart.vue'))
const ContactsPart = defineAsyncComponent(() => import('../contacts/ContactsPart.vue'))
const DetailsPart = defineAsyncComponent(() => import('./DetailsPart.vue'))
const FamilyPart = defineAsyncComponent(() => import('../families/FamilyPart.vue'))
const FormsPart = defineAsyncComponent(() => import('../forms/FormsPart.vue'))
const InvoiceList = defineAsyncComponent(() => import('./InvoiceList.vue'))
const LettersPart = defineAsyncComponent(() => import('../letters/LettersPart.vue'))
const MessageList = defineAsyncComponent(() => import('./MessageList.vue'))
const OrderList = defineAsyncComponent(() => import('./OrderList.vue'))
const PatientHistory = defineAsyncComponent(() => import('../room/PatientHistory.vue'))
const PatientTasks = defineAsyncComponent(() => import('../tasks/PatientTasks.vue'))
const PlansPart = defineAsyncComponent(() => import('../plans/PlansPart.vue'))
const TeethPart = defineAsyncComponent(() => import('../teeth/TeethPart.vue'))
const VisitList = defineAsyncComponent(() => import('./VisitList.vue'))
const WaitlistPart = defineAsyncComponent(() => import('./WaitlistPart.vue'))

/** One tab of a patient's page. Its address is `?part=` and its value. */
export interface PatientPart {
  value: string
  label: () => string
  count?: (page: PatientPage) => number
  /** False where the person who looks may not see it, or where the clinic has no use for it. */
  shown: (page: PatientPage, settings: Settings | undefined) => boolean
  component: Component<{ page: PatientPage }>
}

/** All parts, in the order in which they stand. */
export const patientParts: readonly PatientPart[] = [
  { value: 'timeline', label: () => t('timeline.title'), shown: () => true, component: TimelinePart },
  { value: 'visits', label: () => t('patients.visits'), count: (page) => page.counts.visits ?? 0, shown: (page) => page.visits !== null, component: VisitList },
  { value: 'notes', label: () => t('patients.notes'), count: (page) => page.counts.encounters ?? 0, shown: (page) => page.encounters !== null, component: ({ page }) => h(PatientHistory, { page, current: null }) },
  { value: 'teeth', label: () => t('teeth.title'), shown: (page, settings) => page.encounters !== null && settings?.clinic.dental === true, component: ({ page }) => h(TeethPart, { patientId: page.patient.id, milkFirst: page.patient.birthDate !== null && ageOf(page.patient.birthDate) < 13 }) },
  { value: 'plans', label: () => t('plans.title'), shown: () => may('plan.read'), component: ({ page }) => h(PlansPart, { key: page.patient.id, patient: { id: page.patient.id, name: patientName(page.patient, language.value), language: page.patient.language } }) },
  { value: 'letters', label: () => t('letters.title'), shown: (page) => page.encounters !== null && may('note.read'), component: ({ page }) => h(LettersPart, { key: page.patient.id, patient: { id: page.patient.id, language: page.patient.language } }) },
  { value: 'attachments', label: () => t('attachments.title'), count: (page) => page.counts.attachments ?? 0, shown: () => may('attachment.read'), component: ({ page }) => h(AttachmentsPart, { key: page.patient.id, patientId: page.patient.id, visits: page.visits ?? [] }) },
  { value: 'forms', label: () => t('forms.tab'), shown: () => may('patient.read'), component: FormsPart },
  { value: 'orders', label: () => t('shell.orders'), count: (page) => page.counts.orders ?? 0, shown: (page) => page.orders !== null, component: OrderList },
  { value: 'tasks', label: () => t('tasks.title'), count: (page) => page.tasks?.filter(({ status }) => status === 'open').length ?? 0, shown: () => may('task.read'), component: ({ page }) => h(PatientTasks, { patient: { id: page.patient.id, name: patientName(page.patient, language.value) } }) },
  { value: 'contacts', label: () => t('contacts.title'), count: (page) => page.counts.contacts ?? 0, shown: (page) => page.contacts !== null, component: ContactsPart },
  { value: 'waitlist', label: () => t('waitlist.title'), shown: () => may('waitlist.read'), component: ({ page }) => h(WaitlistPart, { patient: page.patient }) },
  { value: 'messages', label: () => t('shell.messages'), count: (page) => page.counts.messages ?? 0, shown: (page) => page.messages !== null, component: MessageList },
  { value: 'invoices', label: () => t('shell.invoices'), count: (page) => page.counts.invoices ?? 0, shown: (page) => page.invoices !== null, component: InvoiceList },
  { value: 'family', label: () => t('families.title'), count: (page) => page.relations.length, shown: () => true, component: FamilyPart },
  { value: 'details', label: () => t('patients.details'), shown: () => true, component: DetailsPart },
]
