import { type Static, Type } from 'typebox'
import { Exact, InstantText, Nothing, Nullable } from './common.ts'
import { routeTable } from './route.ts'

/** With what the clinic signs its documents, as the certificate says. */
export const Certificate = Exact({
  subject: Type.String(),
  issuer: Type.String(),
  serial: Type.String(),
  /** SHA-256, hexadecimal. */
  fingerprint: Type.String(),
  validFrom: InstantText,
  validTo: InstantText,
  setBy: Exact({ name: Type.String(), nameEn: Type.String() }),
  setAt: InstantText,
  version: Type.Integer({ minimum: 1 }),
})
export type Certificate = Static<typeof Certificate>

const Answer = Exact({ certificate: Nullable(Certificate) })

export const signingRoutes = routeTable({
  'GET /signing-certificate': { permission: 'settings.read', audit: 'none', summary: 'The certificate that documents are signed with; the key never comes out.', status: 200, response: Answer },
  'PUT /signing-certificate': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Sign documents that are issued from now on with this one. `version` is that of what it replaces, 0 where there is none.',
    body: Exact({
      /** A PKCS#12 file (.p12, .pfx) in Base64. */
      file: Type.String({ minLength: 1, maxLength: 60_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
      password: Type.String({ maxLength: 200 }),
      version: Type.Integer({ minimum: 0 }),
    }),
    status: 200,
    response: Answer,
    problems: ['certificate_unreadable', 'certificate_password_wrong', 'certificate_cannot_sign', 'certificate_expired', 'certificate_not_yet_valid', 'stale_version'],
  },
  'DELETE /signing-certificate': { permission: 'settings.write', audit: 'write', summary: 'Sign nothing any more.', status: 204, response: Nothing },
})
