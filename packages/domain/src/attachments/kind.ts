import { type Actor, may } from '../access.ts'

/** What an attachment is to the clinic. */
export const attachmentKinds = ['x_ray', 'photo', 'referral', 'form_17', 'lab', 'form', 'letter', 'administrative', 'other'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

/**
 * Only what a clinic keeps for its office (a health fund's commitment, which is form 17, a copy of a card) is open to the desk. A referral names a
 * diagnosis, a filled-in form names illnesses, and "other" may be anything: all of them are clinical.
 */
export const isClinical = (kind: AttachmentKind): boolean => kind !== 'administrative' && kind !== 'form_17'

/** Whether the actor may see what an attachment of this kind is called and what is in it. */
export const mayOpen = (actor: Actor, kind: AttachmentKind): boolean => may(actor, isClinical(kind) ? 'attachment.open_clinical' : 'attachment.read')

/**
 * Whether the actor may correct or withdraw it: whoever may open it, and whoever filed it, for the wrong patient is noticed a
 * moment later by the very same person.
 */
export const mayCorrect = (actor: Actor, { kind, filedBy }: { kind: AttachmentKind; filedBy: string }): boolean =>
  mayOpen(actor, kind) || (may(actor, 'attachment.file') && actor.staffId === filedBy)

/** Whether the kind may be changed so: nobody opens a clinical attachment for themselves by calling it something else. */
export const mayReclassify = (actor: Actor, from: AttachmentKind, to: AttachmentKind): boolean => isClinical(to) || mayOpen(actor, from)
