import type { Days, ListedEntry } from '@yoman/db/accounting/lists'
import { allEntries, reconcile } from '@yoman/use-cases/accounting/read'
import type { RequestContext } from '../http/handler.ts'
import { registerLine, utf8Mark } from '../registers/csv.ts'

const words = {
  he: {
    headings: ['סוג', 'מספר', 'תאריך', 'מצב', 'סכום כאן', 'סכום שם', 'תאריך שם', 'מספר שם', 'הבדלים', 'סיבה'],
    state: { waiting: 'ממתין', sending: 'נשלח עכשיו', sent: 'נשלח', accepted: 'התקבל', different: 'שונה', missing: 'חסר שם', refused: 'נדחה' }, stranger: 'לא ידוע כאן',
    difference: { amount: 'סכום', date: 'תאריך', account: 'חשבון', twice: 'פעמיים' }, otherNumber: 'הופק במספר עוסק אחר, ולכן לא נשלח',
  },
  en: {
    headings: ['Kind', 'Number', 'Date', 'State', 'Sum here', 'Sum there', 'Date there', 'Number there', 'Differences', 'Reason'],
    state: { waiting: 'Waiting', sending: 'Being sent', sent: 'Sent', accepted: 'Accepted', different: 'Different', missing: 'Missing there', refused: 'Refused' }, stranger: 'Unknown here',
    difference: { amount: 'amount', date: 'date', account: 'account', twice: 'twice' }, otherNumber: 'issued under another dealer number, so not sent',
  },
} as const

/** The reconciliation of a period as CSV, written as it is read: a year is never in memory at once. */
export async function entriesCsv(ctx: RequestContext, language: 'he' | 'en', days: Days) {
  const { strangers } = await reconcile(ctx, days)
  ctx.reading({ name: 'books.read', subject: { type: 'clinic', id: ctx.clinicId }, details: { kind: 'accounting', fromDate: days.from.toString(), toDate: days.to.toString() } })
  const say = words[language]
  return { name: `accounting ${days.from.toString()} ${days.to.toString()}.csv`, body: lines(allEntries(ctx, days)) }

  async function* lines(pages: AsyncIterable<readonly ListedEntry[]>): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${utf8Mark}${registerLine(say.headings)}`)
    for await (const page of pages) yield Buffer.from(page.map(cells).map(registerLine).join(''))
    yield Buffer.from(strangers.map(({ serviceId, day, reference, totalAgorot }) => registerLine(['', '', '', say.stranger, '', totalAgorot, day.toString(), serviceId, '', reference])).join(''))
  }
  function cells({ kind, number, issuedOn, state, totalAgorot, held, heldAgorot, serviceId, differences, problem, message }: ListedEntry): (string | number)[] {
    return [kind, String(number), issuedOn.toString(), say.state[state], totalAgorot, heldAgorot ?? '', held?.date ?? '', serviceId ?? '', differences.map((one) => say.difference[one]).join(' '), problem === 'other_number' ? say.otherNumber : message]
  }
}
