import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { HttpProblem } from './problem.ts'

const yearSeconds = 31_536_000

/** The screens: hashed files kept for good, everything that looks like a page is the one page that reads its own address. */
export async function serveWeb(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, { root: resolve(webDir), serve: false, dotfiles: 'ignore', index: false, cacheControl: false })
  app.get('/*', { config: { permission: 'public', audit: 'none' }, logLevel: 'warn' }, async (request, reply) => {
    const path = readPath(request.url)
    // A name of ours has no such parts; whoever sends them looks for files that are not ours to show.
    if (path === null || /\.\.|\\|\0|^\/(api|dev|hooks|o)(\/|$)/.test(path)) throw new HttpProblem('not_found')
    if (!/\.[a-z0-9]+$/i.test(path)) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    const hashed = path.startsWith('/assets/')
    reply.header('cache-control', hashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
    return reply.sendFile(path.slice(1))
  })
}

function readPath(url: string): string | null {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '/')
  } catch {
    return null // half an escape
  }
}
