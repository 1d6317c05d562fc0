import { type ConnectionOptions, type Job, Queue, Worker, createPostgresBackend } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { twilioGateway } from '@yoman/messaging/gateways/twilio'
import { callsAtOnce } from './messages/lanes.ts'

/*
 * The benchmark's baseline: what sending costs where somebody has put address and text into the queue and nobody asks whether the
 * visit still stands, whether it was sent already, or what became of it. It keeps nothing but the job.
 */
interface Settings {
  databaseUrl: string
  redisUrl: string | null
  officeUrl: string
  sid: string
  token: string
  sender: string
}

interface Letter {
  number: number
  to: string
  body: string
}

const name = 'bare'
const jobOptions = { removeOnComplete: true, removeOnFail: true }

function start({ databaseUrl, redisUrl, officeUrl, sid, token, sender }: Settings): Queue<Letter> {
  const gateway = twilioGateway({ accountSid: sid, authToken: token, sender: { from: sender }, baseUrl: officeUrl })
  const run = async ({ data: { number, to, body } }: Job<Letter>): Promise<void> => {
    const outcome = await gateway.send({ to, body, statusCallback: `http://127.0.0.1:9/${number}` })
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind)
  }
  const settings = { concurrency: callsAtOnce }
  if (redisUrl !== null) {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
    return listening(new Queue(name, { connection }), new Worker(name, run, { ...settings, connection }))
  }
  // As in queues.ts: the backend takes a pool, of which the types know nothing.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: '-c search_path=bullmq' })
  const connection = pool as unknown as ConnectionOptions
  return listening(new Queue(name, { connection }, createPostgresBackend as never), new Worker(name, run, { ...settings, connection }, createPostgresBackend as never))
}

function listening(queue: Queue<Letter>, worker: Worker<Letter>): Queue<Letter> {
  worker.on('failed', (_, error) => console.error(error))
  worker.on('error', (error) => console.error(error))
  queue.on('error', (error) => console.error(error))
  return queue
}

async function addAll(queue: Queue<Letter>, count: number): Promise<void> {
  const body = 'שלום נועה, תזכורת לתור מחר, יום ג׳ 24.11 בשעה 14:00, במרפאה ברחוב הרצל. לאישור או לשינוי: https://clinic.example/v/Yh3kQ0vT8mXnB5cR7dWzLA'
  for (let first = 0; first < count; first += 500) {
    const letters = Array.from({ length: Math.min(500, count - first) }, (_, index) => ({ number: first + index, to: `+97255${5_000_000 + ((first + index) % 5_000) * 7}`, body }))
    await queue.addBulk(letters.map((data) => ({ name, data, opts: jobOptions })))
  }
}

let queue: Queue<Letter> | undefined
process.on('message', (message: Settings | { jobs: number }) => {
  if ('jobs' in message) return void (queue && addAll(queue, message.jobs))
  queue = start(message)
  void queue.waitUntilReady().then(() => process.send?.('ready'))
})
process.on('SIGTERM', () => process.exit(0))
