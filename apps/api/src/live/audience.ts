import type { Permission } from '@yoman/domain/access'
import type { EventName } from '@yoman/domain/events'

type Noun = EventName extends `${infer N}.${string}` ? N : never

/** Who hears of what: the permission that opens the thing itself opens the news of it. */
export const audience: Record<Noun | 'presence', Permission> = {
  appointment: 'diary.read',
  block: 'diary.read',
  rebooking: 'diary.read',
  patient: 'patient.find',
  tag: 'patient.read',
  patient_filter: 'patient.read',
  consent: 'patient.read',
  encounter: 'note.read',
  presence: 'note.read', // who is in a note; told by the screens themselves, and no event
  note_text: 'note_text.read',
  attachment: 'attachment.read',
  tooth: 'note.read',
  field: 'settings.read',
  field_value: 'patient.read',
  plan: 'plan.read',
  letter: 'note.read',
  letter_template: 'settings.read',
  form: 'settings.read',
  form_response: 'patient.read',
  alert: 'note.read',
  order: 'order.read',
  waitlist: 'waitlist.read',
  offer: 'waitlist.read',
  series: 'diary.read',
  task: 'task.read',
  contact: 'contact.read',
  handover: 'handover.read',
  shift_note: 'handover.read',
  waiting_screen: 'settings.read',
  calendar_feed: 'audit.read',
  organisation: 'invoice.read',
  invoice: 'invoice.read',
  discount: 'settings.read', // the room shows it beside what was done, the desk on the bill; it tells ids alone
  payment: 'invoice.read',
  cash_desk: 'cash.read',
  cheque: 'cash.read',
  debt: 'invoice.read',
  books: 'books.export',
  month: 'report.read',
  message: 'message.read',
  conversation: 'message.read',
  reminder: 'message.read',
  clinic: 'settings.read',
  branch: 'settings.read',
  resource: 'settings.read',
  visit_type: 'settings.read',
  price_item: 'settings.read',
  price_list: 'settings.read',
  reminder_rule: 'settings.read',
  reminder_wish: 'patient.read',
  reminder_check: 'message.read',
  template: 'settings.read',
  staff: 'staff.read',
  session: 'audit.read',
  access: 'audit.read',
  import: 'data.import',
  data: 'data.export',
}

/** The permission that hears of an event; nobody hears of one whose noun is not known. */
export const permissionToHear = (name: string): Permission | undefined => (audience as Record<string, Permission>)[name.split('.')[0] ?? '']
