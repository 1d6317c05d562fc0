import { may } from '../session.ts'

/** A contact is written down as the phone rings, and its key opens the dialog at once: what is typed after it belongs into it. */
export const loadContact = () => import('../contacts/ContactDialog.vue')
const loadPatient = () => import('../patients/PatientPage.vue')
const loadRoom = () => import('../room/RoomPage.vue')

const afterMs = 1500 // behind the page's own work

/** Fetches the code of what is opened all day, so that opening it waits for its data alone. @returns what calls it off. */
export function loadAhead(): () => void {
  const wanted = [loadContact, ...(may('patient.read') ? [loadPatient] : []), ...(may('note.write') ? [loadRoom] : [])]
  const timers = wanted.map((load, index) => setTimeout(() => void load().catch(() => undefined), afterMs + index * 500)) // what does not come now comes when it is opened, or says there why not
  return () => timers.forEach(clearTimeout)
}
