import { Type } from 'typebox'
import { Choice, Exact, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** One line of the audit trail. Details hold ids, statuses, times and names of fields, never a person's data. */
export const AuditEvent = Exact({
  id: Uuid,
  at: Type.String({ format: 'date-time' }),
  recordedAt: Type.String({ format: 'date-time' }),
  name: Type.String(),
  actorKind: Choice(['staff', 'system', 'patient', 'anonymous']),
  actorId: Nullable(Uuid),
  actorName: Nullable(Type.String()),
  subjectType: Type.String(),
  subjectId: Uuid,
  patientId: Nullable(Uuid),
  branchId: Nullable(Uuid),
  outcome: Choice(['done', 'refused']),
  ip: Nullable(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown()),
})

export const auditRoutes = routeTable({
  'GET /events': {
    permission: 'audit.read',
    audit: 'none', // shows who did what by ids; opening a record from there leaves its own event
    summary: 'The audit trail, newest first.',
    query: Exact({ ...PageQuery, patientId: Type.Optional(Uuid), actorId: Type.Optional(Uuid), name: Type.Optional(Type.String({ pattern: '^[a-z_]{1,40}\\.[a-z_]{1,40}$' })) }),
    status: 200,
    response: Page(AuditEvent),
    problems: ['cursor_invalid'],
  },
})
