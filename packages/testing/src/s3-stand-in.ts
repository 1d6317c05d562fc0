import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A bucket over real HTTP: it checks each request's signature as Amazon does, and keeps what it is given in memory. */
export interface S3StandIn {
  url: string
  objects: Map<string, { bytes: Buffer; at: Date }>
  /** How the next requests fail; null is not at all. */
  failing: 'full' | 'forbidden' | null
  /** `METHOD path` of each request that was signed well. */
  seen: string[]
  stop(): Promise<void>
}

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  region: string
  bucket: string
}

export async function startS3(credentials: Credentials): Promise<S3StandIn> {
  const objects: S3StandIn['objects'] = new Map()
  const server = createServer((request, response) => {
    answer(standIn, credentials, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  const standIn: S3StandIn = {
    url: `http://127.0.0.1:${port}`,
    objects,
    failing: null,
    seen: [],
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
  return standIn
}

async function answer(standIn: S3StandIn, credentials: Credentials, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer) // a socket without an encoding gives buffers
  const bytes = Buffer.concat(pieces)
  const url = new URL(request.url ?? '/', standIn.url)
  if (!isSigned(request, url, bytes, credentials)) return fail(response, 403, 'SignatureDoesNotMatch')
  standIn.seen.push(`${request.method} ${url.pathname}`)
  if (standIn.failing === 'forbidden') return fail(response, 403, 'AccessDenied')
  const [, bucket, ...rest] = url.pathname.split('/')
  if (bucket !== credentials.bucket) return fail(response, 404, 'NoSuchBucket')
  serve(standIn, request.method ?? '', decodeURIComponent(rest.join('/')), url, bytes, response)
}

function serve({ objects, failing }: S3StandIn, method: string, key: string, url: URL, bytes: Buffer, response: ServerResponse): void {
  if (method === 'PUT') {
    if (failing === 'full') return fail(response, 507, 'XMinioStorageFull')
    objects.set(key, { bytes, at: new Date() })
    response.writeHead(200, { etag: `"${createHash('md5').update(bytes).digest('hex')}"` }).end()
  } else if (method === 'DELETE') {
    objects.delete(key)
    response.writeHead(204).end()
  } else if (key === '') list(objects, url, response)
  else {
    const found = objects.get(key)
    if (!found) return fail(response, 404, 'NoSuchKey')
    response.writeHead(200, { 'content-length': found.bytes.length, 'content-type': 'application/octet-stream' }).end(found.bytes)
  }
}

const pageLength = 2 // so that a list has several pages

function list(objects: S3StandIn['objects'], url: URL, response: ServerResponse): void {
  const all = [...objects.keys()].filter((key) => key.startsWith(url.searchParams.get('prefix') ?? '')).sort()
  const from = Number(url.searchParams.get('continuation-token') ?? 0)
  const page = all.slice(from, from + pageLength)
  const more = from + pageLength < all.length
  const items = page.map((key) => `<Contents><Key>${key}</Key><LastModified>${objects.get(key)?.at.toISOString()}</LastModified></Contents>`).join('')
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${from + pageLength}</NextContinuationToken>` : ''}${items}</ListBucketResult>`)
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

/** AWS Signature Version 4, as its own description tells it: the canonical request, hashed, signed with a key derived by day, region and service. */
function isSigned(request: IncomingMessage, url: URL, bytes: Buffer, { accessKeyId, secretAccessKey, region }: Credentials): boolean {
  const [, key, day, inRegion, names, signature] = /Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})/.exec(request.headers.authorization ?? '') ?? []
  if (key !== accessKeyId || inRegion !== region || names === undefined || day === undefined) return false
  const declared = String(request.headers['x-amz-content-sha256'])
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== createHash('sha256').update(bytes).digest('hex')) return false
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&')
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('')
  const canonical = [request.method, url.pathname, query, headers, names, declared].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((last, part) => createHmac('sha256', last).update(part).digest(), `AWS4${secretAccessKey}`)
  return createHmac('sha256', signing).update(toSign).digest('hex') === signature
}

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
