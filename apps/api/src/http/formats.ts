import { isUuid } from '@yoman/domain/ids'
import { instant, plainDate } from '@yoman/domain/time'

const c0 = /[\u0000-\u001f\u007f]/ // eslint-disable-line no-control-regex -- finding control characters is its job
const c0ButLines = /[\u0000-\u0008\u000b-\u001f\u007f]/ // eslint-disable-line no-control-regex -- the same, but tab and line feed may stay
// Overrides and isolates let a name rewrite how its neighbours read; the marks U+200E, U+200F and U+061C are harmless and of use.
const directionControls = /[\u202a-\u202e\u2066-\u2069]/

const isWellFormed = (value: string): boolean => !/\p{Cs}/u.test(value) // half of a surrogate pair has no UTF-8

/** What the words `format: …` in the contract mean. Postgres must be able to take whatever passes here. */
export const formats = {
  uuid: isUuid,
  date: (value: string) => /^(1[89]|2[01])\d\d-\d\d-\d\d$/.test(value) && parses(plainDate, value),
  'date-time': (value: string) => /^(1[89]|2[01])\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/.test(value) && parses(instant, value),
  line: (value: string) => isWellFormed(value) && !c0.test(value) && !directionControls.test(value),
  text: (value: string) => isWellFormed(value) && !c0ButLines.test(value.replaceAll('\r\n', '\n')),
}

function parses(parse: (iso: string) => unknown, value: string): boolean {
  try {
    return parse(value) !== undefined
  } catch {
    return false // a RangeError is how Temporal says that there is no such day
  }
}

/** For Fastify's validator. The name of this function is how it knows that the usual formats, laxer than these, are not wanted. */
export function formatsPlugin<A extends { addFormat(name: string, check: (value: string) => boolean): unknown }>(ajv: A): A {
  for (const [name, check] of Object.entries(formats)) ajv.addFormat(name, check)
  return ajv
}
