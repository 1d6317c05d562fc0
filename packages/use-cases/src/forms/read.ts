import { findResponse, responsesOf } from '@yoman/db/forms/queries'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { contentView, openAnswers, openSignature, responseView } from './view.ts'

/** What was shown, answered and signed. Throws `form_not_yours` where the reader may not see every field of it, `NotFound`. The caller records the reading. */
export async function readResponse(ctx: Context, id: string) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [sealer, found] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), findResponse(db, id)])
    const row = found && (await responsesOf(db, found.patient_id)).find((response) => response.id === id)
    if (!row) throw new NotFound('form response')
    const response = responseView(ctx, row)
    if (!response.mayRead) throw new Refusal('form_not_yours')
    return { response, content: contentView(row.content), answers: openAnswers(sealer, row), signature: openSignature(sealer, row), signedHash: row.signed_hash?.toString('hex') ?? null }
  })
}
