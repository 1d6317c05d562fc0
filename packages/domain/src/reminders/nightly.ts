/** What the look at the fortnight ahead found, of one branch. */
export interface Found {
  /** Patients with a visit in it who will hear nothing, though they do not wish for that. */
  silentPatients: number
  /** Visits in it that nothing is planned for. */
  unplanned: number
  /** ISO dates with visits of which nobody will hear. */
  bareDays: readonly string[]
}

/** The hour of the branch's night from which the look is taken: what an evening's work left behind is written by then. */
export const checkFromHour = 2

/** Whether a night found what the night before did not: more of it, or another day. Whoever is told the same every morning reads nothing any more. */
export function isNews(found: Found, before: Found | null): boolean {
  if (before === null) return found.silentPatients > 0 || found.unplanned > 0 || found.bareDays.length > 0
  return found.silentPatients > before.silentPatients || found.unplanned > before.unplanned || found.bareDays.some((day) => !before.bareDays.includes(day))
}
