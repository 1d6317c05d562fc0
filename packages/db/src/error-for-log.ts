/**
 * What a log may know of an error: its name, message and stack, and what it says of the database by name. An allow-list, because errors
 * carry what they are about: Postgres the row (`detail`, `where`), Redis the command with its password, Twilio the request with its token.
 * For pino's `err`: anything but an error passes as it is.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const named = ['code', 'constraint', 'table', 'column', 'routine'].flatMap((key) => (key in error ? [[key, Reflect.get(error, key)]] : []))
  return { type: error.name, message: error.message, stack: error.stack, ...Object.fromEntries(named) }
}
