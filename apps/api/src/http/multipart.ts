import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'

/** Lets a route that asks for it read an uploaded file; any other that is sent one finds no body. */
export const takeFiles = (app: FastifyInstance) => app.register(multipart, { limits: { files: 1, fields: 10, parts: 12, headerPairs: 50 } })
