import type { DemoClinic } from './clinic.ts'
import type { Rows } from './insert.ts'
import { makeRandom } from './random.ts'

const firstVisit = 'D0150'
const templates: readonly [name: string, body: string, begins: string | null][] = [
  ['ביקור ראשון', 'סיבת הפנייה: [__]\nרקע רפואי: [ללא|מטופל/ת בתרופות|במעקב]. רגישויות: [לא ידוע|יש]\nבדיקה חוץ־פומית: [תקינה|רגישות במישוש|נפיחות]\nרקמות רכות: [תקינות|דלקת חניכיים|נסיגה]\nתוכנית: [__]', firstVisit],
  ['טיפול שורש', 'שן [__]. הרדמה: [חדירתית|הולכה]. בידוד בסכר גומי.\nתעלות: [__]. אורך עבודה: [__] מ״מ. שטיפה בהיפוכלוריט.\n[אטימה סופית|סתימה זמנית]. צילום: [__]', null],
  ['עקירה', 'הוסבר הטיפול וסיכוניו, נחתמה הסכמה. הרדמה: [חדירתית|הולכה].\nנעקרה שן [__], [שלמה|בהפרדת שורשים]. המוסטזיס: [תקין|נתפר].\nניתנו הוראות בכתב ובעל־פה.', null],
]
const snippets: readonly [letters: string, body: string][] = [
  ['ניק', 'הוסרה אבנית על־ ותת־חניכית, ליטוש, הדרכת היגיינה.'],
  ['הרד', 'הרדמה מקומית, לידוקאין 2% עם אדרנלין, אמפולה [אחת|שתיים].'],
  ['הור', 'ניתנו הוראות בכתב ובעל־פה. לפנות בכל כאב, נפיחות או חום.'],
]

/** The clinic's templates and shortcuts: a note of a first visit begins with one, the others are at hand. */
export function makeNoteTexts(rows: Rows, { clinicId: clinic_id, visitTypes }: DemoClinic): void {
  const random = makeRandom(26) // its own, so that the rest of the demo stays as it is
  for (const [name, body, begins] of templates) {
    const id = random.id()
    rows.add('note_text', { clinic_id, id, kind: 'template', owner_id: null, name, body })
    const type = visitTypes.find(({ priceCode }) => priceCode === begins)
    if (type) rows.add('note_text_start', { clinic_id, note_text_id: id, visit_type_id: type.id, owner_id: null })
  }
  for (const [name, body] of snippets) rows.add('note_text', { clinic_id, id: random.id(), kind: 'snippet', owner_id: null, name, body })
}
