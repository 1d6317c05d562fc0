import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { FileAnswer } from '@yoman/contract/routes'

/** A file as a download, under its own name in any script; never shown by the browser as a page of ours. */
export function sendFile(reply: FastifyReply, mediaType: string, { name, body, mediaType: own, length }: FileAnswer): FastifyReply {
  // Even a browser that was made to open it as a page runs nothing of it.
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  if (length !== undefined) reply.header('content-length', length)
  reply.type(own ?? mediaType).header('content-disposition', disposition(name)).header('x-content-type-options', 'nosniff')
  return reply.send(body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : Readable.from(body))
}

/** RFC 6266: an ASCII name for old clients, the real one in RFC 8187's form. */
function disposition(name: string): string {
  const safe = name.replace(/\p{Cs}/gu, '_').replace(/[\u0000-\u001f\u007f/\\\u202a-\u202e\u2066-\u2069]/g, '_').slice(0, 150) // eslint-disable-line no-control-regex -- they are what is taken out
  const ascii = safe.replace(/[^\x20-\x7e]|["%]/g, '_')
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
