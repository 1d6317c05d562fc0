import { Forbidden } from './refusal.ts'

export const roles = ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant', 'accountant'] as const
export type Role = (typeof roles)[number]

/** What each role may do. Read a row as "this is done by …"; whatever is not here is done by nobody. */
export const permissions = {
  'diary.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'appointment.book': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'appointment.move': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'appointment.flow': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'appointment.outside_hours': ['owner', 'receptionist', 'doctor', 'hygienist'],
  'appointment.overbook': ['owner', 'doctor'], // who answers for the day that runs late
  'overbooking.read': ['owner'],
  'block.write': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'], // one's own diary
  'block.any': ['owner', 'receptionist'], // everybody's, rooms, and closing a branch
  'block.private': ['owner'], // why; besides the one concerned and whoever wrote it
  'rebooking.settle': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'patient.find': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant', 'accountant'],
  'patient.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'patient.write': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'patient.merge': ['owner', 'receptionist', 'doctor'], // to propose that two records are one
  'patient.approve_merge': ['owner', 'doctor'], // a second person, and to undo it
  'note.read': ['doctor', 'hygienist', 'assistant'],
  'note.write': ['doctor', 'hygienist'],
  'note_text.read': ['owner', 'doctor', 'hygienist', 'assistant'], // templates and snippets, of no patient
  'note_text.write': ['owner', 'doctor', 'hygienist'], // the clinic's by who sets it up, one's own by who writes notes
  'attachment.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'], // that there is one, and the office's own
  'attachment.open_clinical': ['doctor', 'hygienist', 'assistant'], // as notes are
  'attachment.file': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'plan.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'], // what was quoted; clinical remarks as notes are
  'plan.write': ['doctor', 'hygienist'],
  'plan.answer': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'], // the patient signs where they sit
  'letter.write': ['doctor', 'hygienist'],
  'letter.prescribe': ['doctor'], // prescriptions and sick notes
  'order.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'order.write': ['doctor', 'hygienist'],
  'order.book': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'waitlist.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'waitlist.write': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'waitlist.offer': ['owner', 'receptionist'],
  'task.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'task.write': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'contact.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'contact.write': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant'],
  'handover.read': ['owner', 'receptionist', 'assistant'],
  'handover.write': ['owner', 'receptionist', 'assistant'],
  'invoice.read': ['owner', 'receptionist', 'accountant'],
  'invoice.write': ['owner', 'receptionist', 'accountant'],
  'invoice.credit': ['owner', 'accountant'], // that a patient owes less: not who takes the money
  'discount.give': ['owner', 'receptionist', 'doctor', 'hygienist', 'accountant'], // up to what the clinic lets each role take off; an owner without a limit
  'refund.give': ['owner', 'receptionist', 'accountant'], // money for a credit note, from the desk that it lies in
  'allocation.decide': ['owner', 'accountant'], // what a tax invoice says of the authority's number
  'payment_link.write': ['owner', 'receptionist', 'accountant'], // to ask for money by a link, and to decide about what came otherwise
  'cash.read': ['owner', 'receptionist', 'accountant'],
  'cash.close': ['owner', 'receptionist'], // who counts the drawer
  'books.export': ['owner', 'accountant'],
  'accounting.write': ['owner', 'accountant'], // to which service the books go, under which accounts, and what is sent again
  'month.close': ['owner', 'accountant'], // that nothing of a month changes any more
  'month.reopen': ['owner'],
  'share.read': ['owner', 'accountant'], // what practitioners are paid
  'share.write': ['owner', 'accountant'],
  'report.read': ['owner', 'accountant'], // what the clinic earns, and by whom
  'message.read': ['owner', 'receptionist'],
  'message.send': ['owner', 'receptionist'],
  'settings.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant', 'accountant'],
  'settings.write': ['owner'],
  'staff.read': ['owner', 'receptionist', 'doctor', 'hygienist', 'assistant', 'accountant'],
  'staff.write': ['owner'],
  'audit.read': ['owner'],
  'data.import': ['owner'],
  'data.export': ['owner'],
  'session.own': roles,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/**
 * Who acts: a person of the staff with the roles held now, the system itself (a sweep), a patient who answers by a link or a reply, or
 * someone who has not signed in. What a patient may do, the use case that took the answer decides; it opens nothing else.
 */
export interface Actor {
  kind: 'staff' | 'system' | 'patient' | 'anonymous'
  staffId: string | null
  roles: readonly Role[]
  /** Branches the person works in; empty means all of the clinic. */
  branchIds: readonly string[]
}

/** Roles say what people of the staff may do; nobody else holds any. */
const isOfNoStaff = (actor: Actor): boolean => actor.kind === 'system' || actor.kind === 'patient'

export const may = (actor: Actor, permission: Permission): boolean =>
  isOfNoStaff(actor) || actor.roles.some((role) => (permissions[permission] as readonly Role[]).includes(role))

/** Throws `Forbidden` unless one of the actor's roles carries the permission. */
export function allow(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new Forbidden(permission)
}

/** The same for something in a branch: whoever was given a role in some branches only does nothing in the others. Throws `Forbidden`. */
export function allowIn(actor: Actor, permission: Permission, branchId: string): void {
  if (!mayIn(actor, permission, branchId)) throw new Forbidden(permission)
}

/** Whether `allowIn` lets it happen. */
export const mayIn = (actor: Actor, permission: Permission, branchId: string): boolean =>
  may(actor, permission) && (isOfNoStaff(actor) || actor.branchIds.length === 0 || actor.branchIds.includes(branchId))
