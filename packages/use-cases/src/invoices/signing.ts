import { type KeptCertificate, deleteCertificate, findCertificate, findSealedIdentity, saveCertificate } from '@yoman/db/invoices/signing'
import { allow } from '@yoman/domain/access'
import { type CertificateFacts, type SigningIdentity, requireValid, signs } from '@yoman/domain/invoices/signing'
import { Refusal } from '@yoman/domain/refusal'
import { instantFromMs } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

const placeOf = (clinicId: string) => ({ table: 'signing_certificate', column: 'identity_sealed', rowId: clinicId })

/** What the clinic signs its documents with; null where it has nothing. */
export async function signingCertificate(ctx: Context): Promise<KeptCertificate | null> {
  allow(ctx.actor, 'settings.read')
  return (await read(ctx, (db) => findCertificate(db))) ?? null
}

/** Documents that are issued from now on are signed with it. Throws `certificate_expired`, `certificate_not_yet_valid`, `stale_version`. */
export async function setSigningCertificate(ctx: Context, { identity, facts, version }: { identity: SigningIdentity; facts: CertificateFacts; version: number }): Promise<KeptCertificate | null> {
  allow(ctx.actor, 'settings.write')
  const { staffId } = ctx.actor
  if (staffId === null) throw new Error('a certificate has a person behind it')
  requireValid(facts, ctx.now)
  return transact(ctx, async (tx) => {
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const sealed = sealer.seal(placeOf(ctx.clinicId), JSON.stringify(identity))
    if (!(await saveCertificate(tx, { ...facts, clinicId: ctx.clinicId, sealed, setBy: staffId, setAt: ctx.now }, version))) throw new Refusal('stale_version', { current: (await findCertificate(tx))?.version ?? 0 })
    await recordEvents(tx, ctx, [changed(ctx, { to: facts.subject, fingerprint: facts.fingerprint })])
    return (await findCertificate(tx)) ?? null
  })
}

/** Nothing is signed any more; what was issued and mailed is as it was. */
export async function removeSigningCertificate(ctx: Context): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const before = await findCertificate(tx)
    if (before && (await deleteCertificate(tx))) await recordEvents(tx, ctx, [changed(ctx, { from: before.subject, fingerprint: before.fingerprint })])
  })
}

const changed = (ctx: Context, details: Record<string, string>) => ({ name: 'clinic.changed' as const, subject: { type: 'clinic' as const, id: ctx.clinicId }, details: { fields: ['signingCertificate'], ...details } })

/** With what a document is signed that was issued then, and whose signature it is; null where the clinic had no certificate for it. Whoever may read the document has been asked for. */
export function signingOf(ctx: Context, issuedAtMs: number): Promise<{ identity: SigningIdentity; subject: string } | null> {
  return read(ctx, async (db) => {
    const kept = await findSealedIdentity(db)
    if (!kept || !signs(kept, instantFromMs(issuedAtMs))) return null
    const sealer = await ctx.vault.sealerOf(db, ctx.clinicId)
    return { identity: JSON.parse(sealer.open(placeOf(ctx.clinicId), kept.sealed)) as SigningIdentity, subject: kept.subject } // written above
  })
}
