import type { FastifyRequest } from 'fastify'
import { Refusal } from '@yoman/domain/refusal'

export interface ReceivedFile {
  name: string
  bytes: Buffer
}

const formAround = 4_096 // what a form puts around one file
const atOnce = 4

/**
 * The one file of a multipart body, in memory once: room is taken by the length the sender names, and never for more than is
 * allowed. A few at a time; more of them wait, so that memory has a bound. Throws `file_unreadable`, `file_empty`, `file_too_large`.
 */
export function makeReceiver(mostBytes: number) {
  const waiting: (() => void)[] = []
  let busy = 0
  const enter = async (): Promise<void> => {
    if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else busy -= 1
  }
  return async <T>(request: FastifyRequest, use: (file: ReceivedFile) => Promise<T>): Promise<T> => {
    await enter()
    try {
      return await use(await receive(request, mostBytes))
    } finally {
      leave()
    }
  }
}

async function receive(request: FastifyRequest, mostBytes: number): Promise<ReceivedFile> {
  if (!request.isMultipart()) throw new Refusal('file_unreadable')
  const named = Number(request.headers['content-length'] ?? mostBytes)
  const tooLarge = new Refusal('file_too_large', { megabytes: Math.floor(mostBytes / 1_048_576) })
  if (named > mostBytes + formAround) throw tooLarge
  const room = Buffer.allocUnsafe(Math.min(named, mostBytes) + 1)
  try {
    const part = await request.file({ limits: { files: 1, fields: 0, fileSize: mostBytes + 1 }, throwFileSizeLimit: false })
    if (!part) throw new Refusal('file_empty')
    let length = 0
    for await (const piece of part.file as AsyncIterable<Buffer>) length += piece.copy(room, length)
    if (part.file.truncated || length > mostBytes) throw tooLarge
    return { name: part.filename, bytes: room.subarray(0, length) }
  } catch (error) {
    if (error instanceof Refusal) throw error
    request.log.info({ err: error }, 'upload not understood')
    throw new Refusal('file_unreadable') // a body that breaks off, has no boundary or too many parts
  }
}
