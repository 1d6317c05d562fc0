import { v7 as uuid } from 'uuid'
import { insertEvents } from '@yoman/db/audit/record'
import type { Tx } from '@yoman/db/database'
import { type DomainEvent, events as registry } from '@yoman/domain/events'
import type { Context } from './context.ts'

/** Writes what happened: the audit row always, the outbox row where someone listens, a live notice where screens show it and thousands at once do not make it noise (`quiet`). */
export function recordEvents(tx: Tx, ctx: Context, events: readonly DomainEvent[], outcome: 'done' | 'refused' = 'done', quiet = false): Promise<void> {
  return insertEvents(
    tx,
    ctx.clinicId,
    events.map((event) => ({
      id: uuid(),
      at: ctx.now.toString(),
      name: event.name,
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.staffId,
      session_id: ctx.sessionId,
      request_id: ctx.requestId,
      ip: ctx.ip,
      subject_type: event.subject.type,
      subject_id: event.subject.id,
      patient_id: event.patientId ?? null,
      branch_id: event.branchId ?? null,
      outcome,
      details: event.details ?? {},
      listened: registry[event.name].listened,
      live: registry[event.name].live && !quiet,
    })),
  )
}
