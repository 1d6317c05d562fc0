import type { TSchema } from 'typebox'

interface Coercible {
  type?: string
  items?: Coercible
  properties?: Record<string, Coercible>
}

/** Query strings are all text: turns those whose schema wants a number, a boolean or a list into one. What does not fit is left for the schema to refuse. */
export function coerceTexts(schema: TSchema, query: unknown): void {
  const { properties = {} } = schema as Coercible // TypeBox schemas are JSON Schema
  const given = query as Record<string, unknown> // Fastify's parser makes an object of any query string
  for (const [name, wanted] of Object.entries(properties)) {
    if (Object.hasOwn(given, name)) given[name] = coerce(wanted, given[name])
  }
}

function coerce(wanted: Coercible, value: unknown): unknown {
  if (wanted.type === 'array') return (Array.isArray(value) ? value : [value]).map((one) => coerce(wanted.items ?? {}, one))
  if (typeof value !== 'string') return value
  if (wanted.type === 'integer' || wanted.type === 'number') return /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value
  if (wanted.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}
