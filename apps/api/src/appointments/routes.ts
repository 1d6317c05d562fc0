import type { appointmentRoutes } from '@yoman/contract/appointments'
import type { holdRoutes } from '@yoman/contract/holds'
import type { parkingRoutes } from '@yoman/contract/parking'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import type { Change } from '@yoman/domain/appointments/move'
import { instant } from '@yoman/domain/time'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { holdPlace, releaseHold } from '@yoman/use-cases/appointments/hold'
import { parkAppointment, readParked, unparkAppointment } from '@yoman/use-cases/appointments/park'
import { readAppointment } from '@yoman/use-cases/appointments/read-appointment'
import { readDiary } from '@yoman/use-cases/appointments/read-diary'
import { readDiaryMonth } from '@yoman/use-cases/appointments/read-diary-month'
import { callPatientIn, cancelAppointment, completeAppointment, confirmAppointment, recordArrival, recordNoShow, startTreatment } from '@yoman/use-cases/appointments/step'
import { undoStep } from '@yoman/use-cases/appointments/undo'
import type { Context } from '@yoman/use-cases/context'
import type { Handlers } from '../http/handler.ts'
import { presentAppointment, presentHold } from './present.ts'

interface StepInput {
  params: { id: string }
  body: { version?: number }
}

const stepBy = (take: (ctx: Context, id: string, seen?: number) => Promise<Appointment>) => async (ctx: Context, { params, body }: StepInput) =>
  presentAppointment(await take(ctx, params.id, body.version))

export const appointmentHandlers = {
  'GET /diary': (ctx, { query }) => readDiary(ctx, query),
  'GET /diary-months': (ctx, { query }) => readDiaryMonth(ctx, query),
  'POST /appointments': async (ctx, { body }) => presentAppointment(await bookAppointment(ctx, { ...body, startsAt: instant(body.startsAt) })),
  'GET /appointments/:id': async (ctx, { params }) => {
    const { appointment, patient, steps, undoTo, paper, asked } = await readAppointment(ctx, params.id)
    ctx.reading({ name: 'patient.read', subject: { type: 'appointment', id: appointment.id }, patientId: appointment.patientId, branchId: appointment.branchId })
    const history = steps.map((step) => ({ status: step.status, at: step.at.toString(), byStaffId: step.by_staff_id, byName: step.by_name, byPatient: step.by_patient, reason: step.reason }))
    return { appointment: presentAppointment(appointment), patient, history, undoTo, paper, asked }
  },
  'PATCH /appointments/:id': async (ctx, { params, body: { version, startsAt, overbook, ...rest } }) => {
    const change: Change = { ...rest, ...(startsAt === undefined ? {} : { startsAt: instant(startsAt) }), ...(overbook === undefined ? {} : { overbook: { places: false, ...overbook } }) }
    return presentAppointment(await changeAppointment(ctx, params.id, version, change))
  },
  'POST /appointments/:id/confirmation': stepBy(confirmAppointment),
  'POST /appointments/:id/arrival': stepBy(recordArrival),
  'POST /appointments/:id/call': stepBy(callPatientIn),
  'POST /appointments/:id/start': stepBy(startTreatment),
  'POST /appointments/:id/completion': stepBy(completeAppointment),
  'POST /appointments/:id/no-show': stepBy(recordNoShow),
  'POST /appointments/:id/cancellation': async (ctx, { params, body }) => presentAppointment(await cancelAppointment(ctx, params.id, body.reason, body.version, body.takesBack)),
  'POST /appointments/:id/undo': async (ctx, { params, body }) => presentAppointment(await undoStep(ctx, params.id, body.version)),
  'POST /holds': async (ctx, { body }) => presentHold(await holdPlace(ctx, { ...body, startsAt: instant(body.startsAt) })),
  'DELETE /holds/:id': async (ctx, { params }) => {
    await releaseHold(ctx, params.id)
    return null
  },
  'GET /parked-appointments': async (ctx, { query }) => ({ items: await readParked(ctx, query.branchId) }),
  'POST /appointments/:id/parking': async (ctx, { params }) => {
    const { appointmentId, parkedAt, parkedBy } = await parkAppointment(ctx, params.id)
    return { appointmentId, parkedAt: parkedAt.toString(), byStaffId: parkedBy }
  },
  'DELETE /appointments/:id/parking': async (ctx, { params }) => {
    await unparkAppointment(ctx, params.id)
    return null
  },
} satisfies Handlers<keyof typeof appointmentRoutes | keyof typeof holdRoutes | keyof typeof parkingRoutes>
