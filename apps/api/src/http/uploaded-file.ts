import type { FastifyRequest } from 'fastify'
import { Refusal } from '@yoman/domain/refusal'

/** The one file of a multipart body, whole in memory: reading it must not depend on how fast it comes. Refuses `file_unreadable`, `file_empty`, `file_too_large`. */
export async function uploadedFile(request: FastifyRequest, mostBytes: number): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new Refusal('file_unreadable')
  const part = await receive(request, mostBytes)
  if (!part) throw new Refusal('file_empty')
  if (part.truncated) throw new Refusal('file_too_large', { megabytes: mostBytes / 1024 / 1024 })
  return { name: part.name.normalize('NFC').replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069/\\]/gu, '_'), bytes: part.bytes }
}

async function receive(request: FastifyRequest, mostBytes: number): Promise<{ name: string; bytes: Buffer; truncated: boolean } | null> {
  try {
    const part = await request.file({ limits: { files: 1, fields: 0, fileSize: mostBytes }, throwFileSizeLimit: false })
    return part ? { name: part.filename, bytes: await part.toBuffer(), truncated: part.file.truncated } : null
  } catch (error) {
    request.log.info({ err: error }, 'upload not understood')
    throw new Refusal('file_unreadable') // a body that breaks off, has no boundary or too many parts
  }
}
