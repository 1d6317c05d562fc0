/**
 * What a log may know of an error: its name, message and stack, and what it says of the database by name. An allow-list, because errors
 * carry what they are about: Postgres the row (`detail`, `where`), Redis the command with its password, Twilio the request with its token.
 * For pino's `err`: anything but an error passes as it is.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const named = ['code', 'constraint', 'table', 'column', 'routine'].flatMap((key) => (key in error ? [[key, Reflect.get(error, key)]] : []))
  const words = quotesData(error) ? { message: 'a value that the database does not take', stack: error.stack?.slice(error.stack.indexOf('\n    at ')) } : { message: error.message, stack: error.stack }
  return { type: error.name, ...words, ...Object.fromEntries(named) }
}

/** Postgres repeats the value in the message of its class 22, "data exception". */
const quotesData = (error: Error): boolean => 'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code)
