import type { LetterContent } from '@yoman/domain/letters/letter'
import { readPhone, showPhone } from '@yoman/domain/people/phone'
import { plainDate } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill } from '../format.ts'
import { planWords } from '../plans/words.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { letterWords } from './words.ts'

/** A letter on paper; without a hash it says that it is a draft. */
export function letterSheet(letter: LetterContent, { hash, atMs }: { hash: string | null; atMs: number }): Sheet {
  const words = letterWords[letter.language]
  const { clinic, patient } = letter
  return {
    direction: words.direction,
    meta: { title: letter.title, author: clinic.legalName || clinic.name, language: words.language, createdAtMs: atMs },
    letterhead: { name: isolated(clinic.name), lines: letterhead(letter) },
    heading: isolated(letter.title),
    subheading: hash === null ? words.draft : '',
    facts: [
      { label: words.patient, value: isolated(patient.name) },
      { label: words.date, value: leftToRight(dayFirst(plainDate(letter.signedOn))) },
      ...(patient.identifier ? [{ label: words.identifier, value: leftToRight(patient.identifier) }] : []),
      ...(patient.birthDate ? [{ label: words.birthDate, value: leftToRight(dayFirst(plainDate(patient.birthDate))) }] : []),
    ],
    parts: [
      ...drugParts(letter),
      ...(/\S/.test(letter.body) ? [{ kind: 'text' as const, text: letter.body.split('\n').map(line).join('\n') }] : []),
      signaturePart(letter, hash),
      ...(letter.kind === 'prescription' ? [{ kind: 'text' as const, text: words.notDigital, look: 'soft' as const }] : []),
    ],
    footer: { start: `${isolated(clinic.name)} · ${isolated(letter.title)}`, page: planWords[letter.language].page },
  }
}

/** Each line by itself has the direction of the letter; what is Latin in it keeps its own order by the algorithm. */
const line = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')

function letterhead({ clinic, language }: LetterContent): string[] {
  const words = planWords[language]
  const number = readPhone(clinic.phone)
  return [
    clinic.legalName && clinic.legalName !== clinic.name ? isolated(clinic.legalName) : '',
    clinic.address && isolated(clinic.address),
    clinic.phone && fill(words.phone, { phone: leftToRight(number === null ? clinic.phone : showPhone(number)) }),
  ].filter((text) => text !== '')
}

function drugParts({ drugs, language }: LetterContent): Part[] {
  const words = letterWords[language].drugs
  if (drugs.length === 0) return []
  return [
    {
      kind: 'table',
      columns: [
        { title: words.name, share: 0.36, align: 'start' },
        { title: words.dose, share: 0.34, align: 'start' },
        { title: words.days, share: 0.1, align: 'center' },
        { title: words.quantity, share: 0.2, align: 'start' },
      ],
      // A Latin name between Hebrew words must not lend its direction to the numbers beside it.
      rows: drugs.map((drug) => [isolated(drug.name), isolated(drug.dose), drug.days === null ? '' : leftToRight(String(drug.days)), isolated(drug.quantity)]),
    },
  ]
}

/** A line for hand and stamp: a computer's word is no signature to a pharmacist. */
function signaturePart({ doctor, language }: LetterContent, hash: string | null): Part {
  const words = letterWords[language]
  return {
    kind: 'signature',
    lines: [isolated(doctor.name), ...(doctor.speciality ? [isolated(doctor.speciality)] : []), ...(doctor.licence ? [fill(words.licence, { number: leftToRight(doctor.licence) })] : []), words.stamp],
    strokes: [],
    typed: '',
    small: hash === null ? [] : [fill(words.hash, { hash: leftToRight(hash) })],
  }
}
