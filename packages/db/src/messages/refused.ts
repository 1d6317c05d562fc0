import { type RawBuilder, sql } from 'kysely'

/** As SQL. */
interface Whose {
  clinic: RawBuilder<unknown>
  patient: RawBuilder<unknown>
  /** A text[] of the numbers that are written to; those of the patient's conversations count besides. */
  numbers: RawBuilder<unknown>
}

type Channel = 'sms' | 'email' | 'whatsapp' | 'voice'

type Written = Exclude<Channel, 'voice'>

const byConsent = (channel: Written, { clinic, patient }: Whose) => sql`(
  select k.state = 'refused' as refused, k.recorded_at as at, 1 as rank from consent k
  where k.clinic_id = ${clinic} and k.patient_id = ${patient} and k.channel = ${channel} and k.purpose = 'service' order by k.recorded_at desc, k.id desc limit 1)`

/** Of calls of the system: who wants nobody of the clinic to phone wants no machine to, unless they said yes to that one later. */
const byConsentToCalls = ({ clinic, patient }: Whose) => sql`(
  select l.refused, l.at, 1 as rank from (
    select distinct on (k.channel) k.channel, k.state = 'refused' as refused, k.recorded_at as at from consent k
    where k.clinic_id = ${clinic} and k.patient_id = ${patient} and k.channel in ('voice', 'phone') and k.purpose = 'service' order by k.channel, k.recorded_at desc, k.id desc) l
  where l.channel = 'voice' or l.refused order by l.at desc, l.refused desc limit 1)`

const byReply = (channel: Written, { clinic, patient, numbers }: Whose) => sql`(
  select i.understood_as = 'stop' as refused, i.received_at as at, 0 as rank from inbound_message i
  where i.clinic_id = ${clinic} and i.channel = ${channel} and i.understood_as in ('stop', 'start')
    and i.from_number = any(${numbers} || array(select v.number from conversation v where v.clinic_id = ${clinic} and v.patient_id = ${patient}))
  order by i.received_at desc, i.id desc limit 1)`

/**
 * Whether a patient wants no service messages on a channel, as a condition of SQL: their last word counts, be it a consent of the record or
 * a STOP or START that a number of theirs said on it. A number may have said it before anybody knew whose it is; a key pressed in a call is
 * always somebody's, and stands in their consents alone.
 */
export const refuses = (channel: Channel, whose: Whose): RawBuilder<boolean> => sql<boolean>`coalesce((select w.refused from (${words(channel, whose)}) w order by w.at desc, w.rank desc limit 1), false)`

const words = (channel: Channel, whose: Whose): RawBuilder<unknown> => {
  if (channel === 'voice') return byConsentToCalls(whose)
  return channel === 'email' ? byConsent(channel, whose) : sql`${byConsent(channel, whose)} union all ${byReply(channel, whose)}`
}
