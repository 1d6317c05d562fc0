import pg from 'pg'
import { instant, plainDate, plainTime } from '@yoman/domain/time'

export type Pool = pg.Pool
export type Client = pg.PoolClient

/** The role whose grants the process has; it owns nothing and cannot pass row-level security. */
export type RuntimeRole = 'yoman_api' | 'yoman_worker'

export interface ConnectOptions {
  url: string
  /** Null is the owner's own role: for migrations and the demo's loader alone. */
  role: RuntimeRole | null
  max?: number
  /** Told of errors on idle connections, which would otherwise end the process. */
  onError: (error: Error) => void
}

/** A pool whose rows speak the domain's language: instants, plain dates, numbers. Times out rather than waits for ever. */
export function connect({ url, role, max = 10, onError }: ConnectOptions): Pool {
  const options = ['-c statement_timeout=15s', '-c idle_in_transaction_session_timeout=15s', '-c timezone=UTC']
  // Statements are prepared once for each connection and mostly look rows up by id: planning one anew for its values, or
  // compiling it, costs more than running it. Measured: a third of a booking's time.
  options.push('-c plan_cache_mode=force_generic_plan', '-c jit=off')
  if (role) options.push(`-c role=${role}`)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: options.join(' '),
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    pipeline: true,
    types: { getTypeParser },
  } as pg.PoolConfig) // `pipeline` is newer than the published types
  pool.on('error', onError)
  // The pool listens to idle connections alone. One that dies between two statements of a transaction would end the process; its
  // next statement fails and says why.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.TIMESTAMPTZ, (text) => instant(text.replace(' ', 'T'))],
  [pg.types.builtins.DATE, plainDate],
  [pg.types.builtins.TIME, plainTime],
  [pg.types.builtins.INT8, safeInteger],
  [pg.types.builtins.NUMERIC, Number],
])

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text')
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a database integer does not fit a number')
  return value
}
