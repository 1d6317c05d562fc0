import { type Static, Type, type TSchema } from 'typebox'

/** Schemas of what crosses the wire. Instants are UTC with a Z, dates and times of day are the branch's wall. */
export const Uuid = Type.String({ format: 'uuid' })
export const InstantText = Type.String({ format: 'date-time', description: 'UTC, for example 2026-11-23T08:00:00Z' })
export const DateText = Type.String({ format: 'date' })
export const TimeText = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
export const Agorot = Type.Integer({ minimum: 0, maximum: 100_000_000 })
export const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
export const Colour = Type.String({ pattern: '^#[0-9a-f]{6}$' })

// What must be said is not said by blanks.
const said = (minLength: number) => (minLength > 0 ? { minLength, pattern: '\\S' } : { minLength })

/** One line typed by a person: no control characters, no text-direction overrides, well-formed Unicode. From one letter on: not of blanks alone. */
export const Line = (maxLength: number, minLength = 0) => Type.String({ ...said(minLength), maxLength, format: 'line' })
/** Several lines typed by a person: tabs and line breaks too. From one letter on: not of blanks alone. */
export const Text = (maxLength: number, minLength = 0) => Type.String({ ...said(minLength), maxLength, format: 'text' })

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One of the given words. */
export const Choice = <const T extends string>(words: readonly T[]) => Type.Enum(words as readonly [T, ...T[]]) // never empty here

/** An object that refuses fields it does not know. */
export const Exact = <T extends Record<string, TSchema>>(properties: T) => Type.Object(properties, { additionalProperties: false })

/** A page of a list; `next` is the cursor to ask on with, null at the end. */
export const Page = <T extends TSchema>(item: T) => Exact({ items: Type.Array(item), next: Nullable(Type.String()) })
// A cursor may hold two names of 80 letters, up to four bytes each.
export const PageQuery = { cursor: Type.Optional(Type.String({ maxLength: 1000 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }

export const ById = Exact({ id: Uuid })
export const Nothing = Type.Null()

/** RFC 9457, with a stable `code` for machines and translations, and pointers to the fields that are wrong. */
export const Problem = Exact({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
  errors: Type.Optional(Type.Array(Exact({ pointer: Type.String(), code: Type.String(), detail: Type.String() }))),
})
export type Problem = Static<typeof Problem>
