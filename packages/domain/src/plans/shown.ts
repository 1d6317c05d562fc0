import type { Agorot } from '../money/agorot.ts'

export const documentLanguages = ['he', 'ar', 'ru', 'en'] as const
export type DocumentLanguage = (typeof documentLanguages)[number]

/** A plan exactly as the patient was shown it. What is signed is the text of this object; it never changes its form without a new `form`. */
export interface ShownPlan {
  form: 1
  planId: string
  edition: number
  language: DocumentLanguage
  title: string
  clinic: { name: string; legalName: string; vatNumber: string; address: string; phone: string }
  patient: { name: string; birthDate: string | null }
  doctor: string
  phases: ShownPhase[]
  total: { leastAgorot: Agorot; mostAgorot: Agorot }
  /** What the signature says. */
  declaration: string
}

export interface ShownPhase {
  title: string
  items: ShownItem[]
  leastAgorot: Agorot
  mostAgorot: Agorot
}

export interface ShownItem {
  description: string
  tooth: string | null
  surfaces: string
  quantity: number
  /** Of all of the quantity, with VAT. */
  leastAgorot: Agorot
  mostAgorot: Agorot
}

/** A line drawn without lifting: points in a box of 1000 by 400, from its upper left corner. */
export type Stroke = readonly (readonly [x: number, y: number])[]
export const signatureBox = { width: 1_000, height: 400 }

export interface Signature {
  /** As the signer says it. */
  name: string
  signer: 'patient' | 'guardian'
  /** Null where it was typed before a witness, for whoever cannot draw. */
  strokes: Stroke[] | null
}
