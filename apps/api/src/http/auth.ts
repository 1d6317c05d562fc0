import { createPublicKey, type KeyObject } from 'node:crypto'
import jwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { v4 as randomId } from 'uuid'
import type { LiveSession } from '@yoman/db/sessions/queries'
import { accessSeconds } from '@yoman/domain/sessions/refresh'
import { isUuid } from '@yoman/domain/ids'
import type { Clock } from '@yoman/use-cases/clock'
import { HttpProblem } from './problem.ts'

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: { sub: string; sid: string; cid: string; jti: string }
    user: AccessClaims
  }
}

/** A pointer to a session and nothing more: what its bearer may do is read from the record at each request. */
export interface AccessClaims {
  sub: string
  sid: string
  cid: string
  iat: number
}

export type FindSession = (clinicId: string, sessionId: string) => Promise<LiveSession | undefined>

export interface Authenticated {
  clinicId: string
  sessionId: string
  session: LiveSession
}

const toleranceMs = 5_000

/** Access tokens: EdDSA, five minutes, from the Authorization header alone, every claim demanded. Measured against hostile tokens in auth.test.ts. */
export async function registerTokens(app: FastifyInstance, key: KeyObject): Promise<void> {
  await app.register(jwt, {
    secret: {
      private: key.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
      public: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString().trim(),
    },
    sign: { algorithm: 'EdDSA', iss: 'yoman-auth', aud: 'yoman-api', expiresIn: `${accessSeconds}s`, header: { alg: 'EdDSA', typ: 'at+jwt' } },
    verify: {
      algorithms: ['EdDSA'],
      checkTyp: 'at+jwt',
      allowedIss: 'yoman-auth',
      allowedAud: 'yoman-api',
      requiredClaims: ['iss', 'aud', 'sub', 'sid', 'cid', 'jti', 'iat', 'exp'],
      maxAge: `${accessSeconds}s`, // as a bare number this option would mean seconds, unlike its neighbour
      clockTolerance: toleranceMs,
      cache: false,
    },
  })
}

export const signAccessToken = (app: FastifyInstance, who: { clinicId: string; staffId: string; sessionId: string }): string =>
  app.jwt.sign({ sub: who.staffId, sid: who.sessionId, cid: who.clinicId, jti: randomId() })

/** Who sends this request. Throws `unauthenticated` for anything but a good token of a session that is alive. */
export async function authenticate(request: FastifyRequest, find: FindSession, clock: Clock): Promise<Authenticated> {
  const claims = await verify(request)
  const now = clock.now()
  // A token from the future passes the library; it was not made by us now.
  const fromTheFuture = claims.iat * 1000 > now.epochMilliseconds + toleranceMs
  if (fromTheFuture || !isUuid(claims.cid) || !isUuid(claims.sid)) throw new HttpProblem('unauthenticated')
  const session = await find(claims.cid, claims.sid)
  const alive = session && session.idleUntil.epochMilliseconds > now.epochMilliseconds && session.absoluteUntil.epochMilliseconds > now.epochMilliseconds
  if (!alive || session.staffId !== claims.sub) throw new HttpProblem('unauthenticated')
  return { clinicId: claims.cid, sessionId: claims.sid, session }
}

async function verify(request: FastifyRequest): Promise<AccessClaims> {
  try {
    return await request.jwtVerify<AccessClaims>()
  } catch (error) {
    throw new HttpProblem('unauthenticated', { cause: error })
  }
}
