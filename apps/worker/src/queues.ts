import { type ConnectionOptions, Queue, type QueueOptions, Worker, type WorkerOptions, createPostgresBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { isDatabaseAway } from '@yoman/db/database-away'
import { type Job, type QueueName, concurrency, jobIdOf, jobs } from './jobs.ts'
import { isLeaseLost, lostLeases } from './lost-leases.ts'
import { QueuePool } from './queue-pool.ts'

/** Carries jobs to whichever worker process is free. Nothing is kept in it that the database does not know. */
export interface Queues {
  /** Rejects at once where the queue cannot be reached; what it took before it ignores when it is added again. */
  add(...all: readonly Job[]): Promise<void>
  /** Begins to take jobs; they run in this process. */
  start(run: (job: Job) => Promise<void>): Promise<void>
  /** Lets running jobs end, then lets go. */
  close(): Promise<void>
}

const names = Object.keys(concurrency) as QueueName[] // keys of the table
const prefix = 'yoman'

// A finished or failed job leaves nothing behind: its id must be free again, since sweeps add it anew while the row still needs it.
const jobOptions = { attempts: 5, backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 }, removeOnComplete: true, removeOnFail: true }

/** The queue on Redis where there is one, on Postgres otherwise. Postgres must be there and migrated: a BullMQ that meets it too early stays dead. */
export async function openQueues(options: QueueSettings): Promise<Queues> {
  return options.redisUrl === null ? onPostgres(options) : onRedis(options, options.redisUrl)
}

export interface QueueSettings {
  redisUrl: string | null
  databaseUrl: string
  /** A job whose worker is silent for half of this counts as abandoned and is given to another. */
  leaseSeconds: number
  log: Logger
}

function onRedis({ log, leaseSeconds }: QueueSettings, url: string): Queues {
  const told = onceUntilReady(log)
  // Whoever adds wants to know at once; whoever takes waits as long as it must.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 2_000, commandTimeout: 5_000, enableOfflineQueue: true })
  const consumer = new Redis(url, { maxRetriesPerRequest: null })
  for (const connection of [producer, consumer]) connection.on('error', told.error).on('ready', told.ready)
  const queues = makeQueues((name) => new Queue(name, { connection: producer, prefix, skipWaitingForReady: true, skipVersionCheck: true }), told.error)
  return assemble(queues, (name, run, more) => new Worker(name, run, { ...more, ...watch(leaseSeconds), connection: consumer, prefix }), log, told, async () => {
    producer.disconnect()
    consumer.disconnect()
  })
}

async function onPostgres({ databaseUrl, log, leaseSeconds }: QueueSettings): Promise<Queues> {
  // A pool of its own: BullMQ wants its schema on the path, the driver's plain types, and a connection for each listener.
  const pool = new QueuePool({ connectionString: databaseUrl, max: 3 * names.length + 4, keepAlive: true, options: '-c search_path=bullmq -c role=yoman_worker' })
  pool.setMaxListeners(4 * names.length + 4)
  const told = onceUntilReady(log, 3_000) // its connections die and come back one by one
  pool.on('error', told.error).on('acquire', told.ready)
  await pool.query('select version from migration limit 1')
  // BullMQ's types know Redis connections alone; its Postgres backend takes a pool (createPostgresBackend's own option type).
  const connection = pool as unknown as ConnectionOptions
  const queues = makeQueues((name) => new Queue(name, { connection } satisfies QueueOptions, createPostgresBackend as never), told.error)
  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()))
  return assemble(queues, (name, run, more) => new Worker(name, run, { ...more, ...watch(leaseSeconds), connection }, createPostgresBackend as never), log, told, () => pool.end())
}

const watch = (leaseSeconds: number) => ({ lockDuration: leaseSeconds * 500, stalledInterval: leaseSeconds * 500 })

type Process = (job: { data: Job; id?: string | undefined; attemptsMade: number }) => Promise<void>
type MakeWorker = (name: QueueName, run: Process, options: Omit<WorkerOptions, 'connection'>) => Worker

function makeQueues(make: (name: QueueName) => Queue, onError: (error: Error) => void): Map<QueueName, Queue> {
  return new Map(
    names.map((name) => {
      const queue = make(name)
      queue.on('error', onError)
      return [name, queue] as const
    }),
  )
}

function assemble(queues: Map<QueueName, Queue>, makeWorker: MakeWorker, log: Logger, told: Told, disconnect: () => Promise<void>): Queues {
  let workers: Worker[] = []
  const leases = lostLeases(log)
  return {
    async add(...all) {
      for (const [name, queue] of queues) {
        const own = all.filter((job) => jobs[job.name].queue === name)
        if (own.length > 0) await queue.addBulk(own.map((job) => ({ name: job.name, data: job, opts: { ...jobOptions, jobId: jobIdOf(job) } })))
      }
    },
    async start(run) {
      workers = names.map((name) => {
        const worker = makeWorker(name, (job) => run(job.data), { concurrency: concurrency[name], autorun: true })
        worker.on('error', (error) => {
          if (isDatabaseAway(error)) told.error(error)
          else if (isLeaseLost(error)) leases.note(error)
          else log.warn({ err: error, queue: name }, 'the queue stumbled')
        })
        worker.on('failed', (job, error) => log.error({ err: error, job: job?.id, attempt: job?.attemptsMade }, 'a job failed'))
        return worker
      })
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
      leases.end()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await disconnect()
    },
  }
}

interface Told {
  error(error: Error): void
  ready(): void
}

/** A queue that is away says so at every try to reconnect; the log hears it once, and once that it is back: nothing was heard for `steadyMs` since it came. */
function onceUntilReady(log: Logger, steadyMs = 0): Told {
  let away = false
  let coming: NodeJS.Timeout | undefined
  return {
    error(error) {
      clearTimeout(coming)
      coming = undefined
      if (!away) log.warn({ err: error }, 'the queue cannot be reached; work goes on without it until it is back')
      away = true
    },
    ready() {
      if (!away || coming) return
      coming = setTimeout(() => {
        away = false
        coming = undefined
        log.info('the queue is back')
      }, steadyMs).unref()
    },
  }
}
