import { headerText } from '../address.ts'
import type { Text } from '../texts/text.ts'

/** What an owner is told of their clinic's reminders: numbers, and where to look. */
export type Alarm = { language: 'he' | 'en'; clinicName: string } & (
  | { what: 'late'; late: number }
  | { what: 'check'; branchName: string; silentPatients: number; unplanned: number; bareDays: readonly string[] }
)

const day = (iso: string): string => iso.split('-').reverse().join('/')

/** The words of a mail to an owner. @param publicUrl where the clinic's program is reached, without a slash at its end. */
export function composeAlarm(alarm: Alarm, publicUrl: string): Text {
  const clinic = headerText(alarm.clinicName)
  const he = alarm.language === 'he'
  if (alarm.what === 'late') {
    const look = `${publicUrl}/accounts`
    return he
      ? { subject: `${clinic}: הודעות שלא יצאו בזמן`, body: `הודעות למטופלים שהיו צריכות לצאת ועוד לא יצאו: ${alarm.late}.\nאם השליחה לא תחזור מעצמה, צריך להתקשר. הרשימה כאן:\n${look}` }
      : { subject: `${clinic}: messages are late`, body: `Messages to patients that should have left and have not: ${alarm.late}.\nIf sending does not come back by itself, somebody has to call. The list is here:\n${look}` }
  }
  const lines = [
    [alarm.silentPatients, he ? 'מטופלים עם תור שלא יקבלו תזכורת' : 'Patients with a visit who will hear nothing of it'],
    [alarm.unplanned, he ? 'תורים שאין להם תזכורת מתוכננת' : 'Visits without any reminder'],
  ].flatMap(([n, words]) => (n === 0 ? [] : [`${words}: ${n}`]))
  const bare = alarm.bareDays.length === 0 ? [] : [`${he ? 'ימים עם תורים שבהם אף אחד לא יקבל תזכורת' : 'Days with visits of which nobody will hear'}: ${alarm.bareDays.map(day).join(', ')}`]
  const look = `${publicUrl}/forecast`
  const branch = headerText(alarm.branchName)
  return he
    ? { subject: `${clinic}: התזכורות לשבועיים הקרובים`, body: [`בדיקת הלילה של סניף ${branch} מצאה:`, ...lines, ...bare, 'הפירוט כאן:', look].join('\n') }
    : { subject: `${clinic}: reminders of the next two weeks`, body: [`Tonight's check of ${branch} found:`, ...lines, ...bare, 'The details are here:', look].join('\n') }
}
