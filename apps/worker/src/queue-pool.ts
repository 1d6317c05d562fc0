import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Between two attempts of whoever asks again at once. */
const pauseMs = 1_000

type Taken = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: Error | boolean) => void) => void

/**
 * A pool that tells a second later that no connection could be made. BullMQ asks again at once while Postgres shuts down or
 * recovers (hundreds of times a second, each a line in the log), and for a quarter of a minute not at all where nobody listens
 * on the port, which it knows by the error's code: with both the same it comes back a second after Postgres does.
 */
export class QueuePool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config)
    // The pool listens to idle connections alone. One that dies between two statements of who has it would end the process: an
    // outage of Postgres did, now and then. Its next statement fails and says why.
    this.on('connect', (client) => client.on('error', () => {}))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(taken: Taken): void
  override connect(taken?: Taken): Promise<pg.PoolClient> | undefined {
    const asked = super.connect().catch(tellLater)
    if (!taken) return asked
    asked.then((client) => taken(undefined, client, (release) => client.release(release)), (error: Error) => taken(error, undefined, () => {}))
    return undefined
  }
}

async function tellLater(error: unknown): Promise<never> {
  await sleep(pauseMs)
  throw new Error('the queue got no connection to the database', { cause: error })
}
