import type { ShownPhase, ShownPlan, Signature } from '@yoman/domain/plans/shown'
import { surfacesOn } from '@yoman/domain/teeth/tooth'
import { plainDate, type PlainDate } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill, shekels } from '../format.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { letterheadLines } from './letterhead.ts'
import { planWords } from './words.ts'

export interface PlanSignature extends Signature {
  signedOn: PlainDate
  signedAtMs: number
  /** Over the words and the hand, in hexadecimal. */
  hash: string
  witness: string
}

/** A plan on paper: with the signature under it, or, with the day of its printing, saying that it has none yet. */
export function planSheet(shown: ShownPlan, by: PlanSignature | { on: PlainDate; atMs: number }): Sheet {
  const words = planWords[shown.language]
  const [signature, on, atMs] = 'signedOn' in by ? [by, by.signedOn, by.signedAtMs] : [null, by.on, by.atMs]
  return {
    direction: words.direction,
    meta: { title: `${words.heading}: ${shown.title}`, author: shown.clinic.legalName || shown.clinic.name, language: words.language, createdAtMs: atMs },
    letterhead: { name: isolated(shown.clinic.name), lines: letterheadLines(shown) },
    heading: words.heading,
    subheading: [fill(words.edition, { edition: leftToRight(String(shown.edition)) }), ...(signature ? [] : [words.draft])].join(' · '),
    facts: [
      { label: words.patient, value: isolated(shown.patient.name) },
      { label: words.date, value: leftToRight(dayFirst(on)) },
      ...(shown.patient.birthDate ? [{ label: words.birthDate, value: leftToRight(dayFirst(plainDate(shown.patient.birthDate))) }] : []),
      { label: words.doctor, value: isolated(shown.doctor) },
    ],
    parts: [
      { kind: 'heading', text: isolated(shown.title) },
      ...shown.phases.flatMap((phase, at) => phaseParts(shown, phase, at)),
      { kind: 'total', label: words.total, value: priceText(shown, shown.total), strong: true },
      { kind: 'text', text: words.withVat, look: 'soft' },
      { kind: 'heading', text: words.declarationTitle },
      { kind: 'text', text: shown.declaration, look: 'boxed' },
      signaturePart(shown, signature),
    ],
    footer: { start: `${isolated(shown.clinic.name)} · ${words.heading}: ${isolated(shown.title)}`, page: words.page },
  }
}

function phaseParts(shown: ShownPlan, phase: ShownPhase, at: number): Part[] {
  const { columns, phase: name, phaseTotal } = planWords[shown.language]
  const number = fill(name, { number: leftToRight(String(at + 1)) })
  return [
    { kind: 'heading', text: phase.title ? `${number}: ${isolated(phase.title)}` : number },
    {
      kind: 'table',
      columns: [
        { title: columns.tooth, share: 0.14, align: 'start' },
        { title: columns.item, share: 0.46, align: 'start' },
        { title: columns.quantity, share: 0.12, align: 'center' },
        { title: columns.price, share: 0.28, align: 'figures' },
      ],
      rows: phase.items.map((item) => [
        item.tooth ? leftToRight(`${item.tooth} ${surfacesOn(item.tooth, item.surfaces)}`.trim()) : '', isolated(item.description), leftToRight(String(item.quantity)), priceText(shown, item),
      ]),
    },
    ...(shown.phases.length > 1 ? [{ kind: 'total' as const, label: phaseTotal, value: priceText(shown, phase), strong: false }] : []),
  ]
}

const priceText = ({ language }: ShownPlan, { leastAgorot, mostAgorot }: { leastAgorot: number; mostAgorot: number }): string =>
  leastAgorot === mostAgorot ? leftToRight(shekels(leastAgorot)) : fill(planWords[language].estimate, { least: leftToRight(shekels(leastAgorot)), most: leftToRight(shekels(mostAgorot)) })

function signaturePart({ language }: ShownPlan, signature: PlanSignature | null): Part {
  const words = planWords[language]
  if (!signature) return { kind: 'signature', lines: [fill(words.signed.patient, { name: '' })], strokes: [], typed: '', small: [] }
  return {
    kind: 'signature',
    lines: [
      fill(words.signed[signature.signer], { name: isolated(signature.name) }),
      fill(words.signedOn, { date: leftToRight(dayFirst(signature.signedOn)) }),
      fill(words.witness, { name: isolated(signature.witness) }),
      ...(signature.strokes ? [] : [words.typed]),
    ],
    strokes: signature.strokes,
    typed: isolated(signature.name),
    small: [fill(words.hash, { hash: leftToRight(signature.hash) })],
  }
}
