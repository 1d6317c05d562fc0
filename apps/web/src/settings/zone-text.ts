import { t } from '../i18n.ts'
import type { Words } from '../locales/words.ts'

const known: Readonly<Record<string, Words>> = { 'Asia/Jerusalem': 'settings.zones.israel', 'Europe/London': 'settings.zones.britain', 'Europe/Paris': 'settings.zones.france', 'America/New_York': 'settings.zones.newYork' }

/** What people call an IANA time zone; the zone itself where we have no word for it. */
export function zoneText(zone: string): string {
  const words = known[zone]
  return words ? t(words) : zone
}
