import { instant } from '@yoman/domain/time'
import { composeSample, type Draft, inventedNames, inventedStart, type SampleClinic, type SampleNames } from './sample.ts'
import { smsLength, type SmsLength } from './sms-length.ts'

/** Real names that may stand in a text, as many as can decide what it costs: the longest, and the longest with a letter that turns a text to UCS-2. */
export type RealNames = Record<'patientFirstName' | 'practitionerName' | 'branchName', readonly string[]>

export interface WorstCase {
  body: string
  sms: SmsLength
  because: { placeholder: string; value: string }[]
}

type Names = SampleNames & Pick<SampleClinic, 'branchName'>

// Both numbers of the day have two digits.
const longStart = instant('2027-11-24T08:30:00Z')

/**
 * What an SMS costs at most: with the longest of the clinic's own names on a day of two-digit numbers. `because` names those that make it
 * cost more parts than the usual preview; it is empty where it costs no more.
 */
export function worstCase(draft: Draft, clinic: SampleClinic, real: RealNames): WorstCase {
  const usual: Names = { ...inventedNames[draft.language], branchName: clinic.branchName }
  const before = measure(draft, clinic, usual, inventedStart)
  const worst = namesBySize(real, usual).map((names) => ({ names, ...measure(draft, clinic, names, longStart) })).reduce((one, other) => (costs(other.sms) > costs(one.sms) ? other : one))
  const because = worst.sms.parts > before.sms.parts ? growing(draft, clinic, usual, worst.names) : []
  return { body: worst.body, sms: worst.sms, because }
}

const placesOf = ['patientFirstName', 'practitionerName', 'branchName'] as const

/** All longest, or all longest among those with foreign letters; where there is none of a kind, the usual one. */
function namesBySize(real: RealNames, usual: Names): [Names, Names] {
  const nth = (place: (typeof placesOf)[number], n: 0 | 1): string => real[place][n] ?? real[place][0] ?? usual[place]
  const all = (n: 0 | 1): Names => ({ patientFirstName: nth('patientFirstName', n), practitionerName: nth('practitionerName', n), branchName: nth('branchName', n) })
  return [all(0), all(1)]
}

/** The names that alone make the text longer or turn its letters. */
function growing(draft: Draft, clinic: SampleClinic, usual: Names, worst: Names): WorstCase['because'] {
  const before = measure(draft, clinic, usual, inventedStart).sms
  return placesOf.flatMap((placeholder) => {
    const { sms } = measure(draft, clinic, { ...usual, [placeholder]: worst[placeholder] }, inventedStart)
    return costs(sms) > costs(before) ? [{ placeholder, value: worst[placeholder] }] : []
  })
}

function measure(draft: Draft, clinic: SampleClinic, { branchName, ...names }: Names, startsAt: typeof longStart): { body: string; sms: SmsLength } {
  const { body } = composeSample(draft, { ...clinic, branchName }, names, startsAt)
  return { body, sms: smsLength(body) }
}

/** To compare: parts before letters. */
const costs = ({ parts, characters, encoding }: SmsLength): number => parts * 100_000 + (encoding === 'UCS-2' ? 10_000 : 0) + characters
