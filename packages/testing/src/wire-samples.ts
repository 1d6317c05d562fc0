import type { TSchema } from 'typebox'

/** A repeatable source of chance: the same seed, the same numbers from 0 up to (without) 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Schema {
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minItems?: number
  minLength?: number
  minimum?: number
  maximum?: number
}

const fitting = ['09:30', '#0f766e', 'IL', '514000000', 'patient.read', '18', '7', 'a', '+972501234567', 'A1', '1990-01-01', '36']
const texts = ['שלום', 'נִקּוּד', 'مرحبا', 'O’Brien 😀', ' spaced ', '0', "'; drop table patient; --", '%_\\', '../..', '<script>', '\u200fמימין', 'x'.repeat(60)]

/** Some value that the schema takes (as far as a schema says everything). `uuid` gives the ids; it is told the name of the field. */
export function sample(schema: TSchema, random: () => number, uuid: (field: string) => string): unknown {
  return valueOf(schema as Schema, random, uuid, '') // TypeBox schemas are JSON Schema
}

function valueOf(schema: Schema, random: () => number, uuid: (field: string) => string, field: string): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T // within the list, which is never empty here
  if ('const' in schema) return schema.const
  if (schema.enum) return pick(schema.enum)
  if (schema.anyOf) return valueOf(pick(schema.anyOf), random, uuid, field)
  if (schema.type === 'object') return objectOf(schema, random, uuid)
  if (schema.type === 'array') return Array.from({ length: Math.max(schema.minItems ?? 0, Math.floor(random() * 3)) }, () => valueOf(schema.items ?? {}, random, uuid, field))
  if (schema.type === 'boolean') return random() < 0.5
  if (schema.type === 'null') return null
  if (schema.type === 'integer' || schema.type === 'number') return pick([schema.minimum ?? -5, Math.min(schema.maximum ?? 7, 7 + (schema.minimum ?? 0)), schema.maximum ?? 2_147_483_647])
  if (schema.type === 'string') return textOf(schema, pick, () => uuid(field))
  return pick([1, 'x', null])
}

function objectOf(schema: Schema, random: () => number, uuid: (field: string) => string): Record<string, unknown> {
  const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name) || random() < 0.6)
  return Object.fromEntries(wanted.map(([name, one]) => [name, valueOf(one, random, uuid, name)]))
}

function textOf(schema: Schema, pick: <T>(list: readonly T[]) => T, uuid: () => string): string {
  if (schema.format === 'uuid') return uuid()
  if (schema.format === 'date') return pick(['2026-11-23', '2026-11-24', '2026-11-23', '2028-02-29', '1899-12-31', '2199-12-31'])
  if (schema.format === 'date-time') return pick(['2026-11-23T08:00:00Z', '2026-11-24T11:30:00Z', '2026-11-25T07:00:00Z', '1970-01-01T00:00:00Z', '2199-12-31T23:59:59.999999999Z', '2027-03-26T00:30:00Z'])
  const { pattern } = schema
  if (pattern !== undefined && schema.format === undefined) return fitting.find((text) => new RegExp(pattern, 'u').test(text)) ?? ''
  return pick(texts).padEnd(schema.minLength ?? 0, 'x') // none of them is blank
}

const spoilers: readonly unknown[] = [
  null, true, 0, -1, 1.5, 1e300, 2 ** 53, '', ' ', 'x'.repeat(5_000), 'a\u0000b', '\ud800', '\u202eabc', '\ufeff', [], {}, [[[[[]]]]],
  '0000-00-00', '2026-02-30', '9999-99-99T99:99:99Z', '+275760-09-13T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'NaN', '1e5', { $ne: null },
]

/** The value with one thing in it made wrong: a field gone, one too many, or something else in the place of something. */
export function spoil(value: unknown, random: () => number): unknown {
  const wrong = spoilers[Math.floor(random() * spoilers.length)]
  if (typeof value !== 'object' || value === null || random() < 0.1) return wrong
  const copy = structuredClone(value) as Record<string, unknown> // an array has its indexes for names
  const names = Object.keys(copy)
  const name = names[Math.floor(random() * names.length)]
  const way = random()
  if (name === undefined || way < 0.15) return Array.isArray(copy) ? [...(copy as unknown[]), wrong] : { ...copy, surprise: wrong }
  if (way < 0.3 && !Array.isArray(copy)) delete copy[name]
  else copy[name] = way < 0.6 ? spoil(copy[name], random) : wrong
  return copy
}
