import type { Certificate, signingRoutes } from '@yoman/contract/signing'
import { IdentityRefused, readIdentity, type WhyNoIdentity } from '@yoman/documents/signature/identity'
import { Refusal, type RefusalCode } from '@yoman/domain/refusal'
import { removeSigningCertificate, setSigningCertificate, signingCertificate } from '@yoman/use-cases/invoices/signing'
import type { Handlers } from '../http/handler.ts'

export const signingHandlers = {
  'GET /signing-certificate': async (ctx) => present(await signingCertificate(ctx)),
  'PUT /signing-certificate': async (ctx, { body: { file, password, version } }) => present(await setSigningCertificate(ctx, { ...opened(Buffer.from(file, 'base64'), password), version })),
  'DELETE /signing-certificate': async (ctx) => {
    await removeSigningCertificate(ctx)
    return null
  },
} satisfies Handlers<keyof typeof signingRoutes>

const refusals: Record<WhyNoIdentity, RefusalCode> = {
  not_a_p12: 'certificate_unreadable', wrong_password: 'certificate_password_wrong', no_key: 'certificate_cannot_sign', not_rsa: 'certificate_cannot_sign', unusual_name: 'certificate_cannot_sign', too_large: 'certificate_cannot_sign',
}

function opened(file: Buffer, password: string): ReturnType<typeof readIdentity> {
  try {
    return readIdentity(file, password)
  } catch (error) {
    if (error instanceof IdentityRefused) throw new Refusal(refusals[error.why])
    throw error
  }
}

const present = (kept: Awaited<ReturnType<typeof signingCertificate>>): { certificate: Certificate | null } =>
  ({ certificate: kept && { ...kept, validFrom: kept.validFrom.toString(), validTo: kept.validTo.toString(), setAt: kept.setAt.toString() } })
