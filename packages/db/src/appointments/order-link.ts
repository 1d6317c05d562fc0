import { sql } from 'kysely'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import type { Tx } from '../database.ts'

/** The order that a cancelled visit fulfilled is open again, so that the promise is not lost with the visit. */
export async function reopenOrder(tx: Tx, clinicId: string, { id, orderId }: Appointment): Promise<void> {
  if (orderId === null) return
  await sql`
    with freed as (update next_visit_step set appointment_id = null where clinic_id = ${clinicId}::uuid and order_id = ${orderId}::uuid and appointment_id = ${id}::uuid returning order_id)
    update next_visit_order set status = 'open', version = version + 1
    where clinic_id = ${clinicId}::uuid and status = 'booked' and id in (select order_id from freed)`.execute(tx)
}

/** The cancellation was taken back: the visit fulfils its step again, unless another visit does by now or the order was called off. */
export async function closeOrderAgain(tx: Tx, clinicId: string, { id, orderId, orderStep }: Appointment): Promise<void> {
  if (orderId === null) return
  await sql`
    update next_visit_step set appointment_id = ${id}::uuid where clinic_id = ${clinicId}::uuid and order_id = ${orderId}::uuid and step = ${orderStep} and appointment_id is null
      and exists (select from next_visit_order o where o.clinic_id = ${clinicId}::uuid and o.id = ${orderId}::uuid and o.status <> 'cancelled')`.execute(tx)
  await sql`
    update next_visit_order o set status = 'booked', version = version + 1 where o.clinic_id = ${clinicId}::uuid and o.id = ${orderId}::uuid and o.status = 'open'
      and not exists (select from next_visit_step s where s.clinic_id = o.clinic_id and s.order_id = o.id and s.appointment_id is null)`.execute(tx)
}
