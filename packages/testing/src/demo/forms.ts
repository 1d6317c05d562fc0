import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { FormItem } from '@yoman/domain/forms/form'
import type { Instant } from '@yoman/domain/time'
import { composeFormMessage } from '@yoman/messaging/forms/compose'
import { systemContext } from '@yoman/use-cases/context'
import { createForm } from '@yoman/use-cases/forms/define'
import { keepAnswers, signForm } from '@yoman/use-cases/forms/fill'
import { giveForm } from '@yoman/use-cases/forms/give'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import { adults, comingOn, demoContext, said } from './fields.ts'
import { makeRandom } from './random.ts'

const intro = said(
  'כדי לטפל בך בבטחה חשוב שנדע על מצבך הבריאותי. המידע חסוי ונקרא בידי הצוות המטפל בלבד.',
  'To treat you safely we need to know about your health. What you write is confidential and read by the clinical staff alone.',
  'لكي نعالجكم بأمان من المهم أن نعرف حالتكم الصحية. المعلومات سرية ولا يقرؤها إلا الطاقم المعالج.',
  'Чтобы лечить Вас безопасно, нам важно знать о Вашем здоровье. Сведения конфиденциальны, их читает только лечащий персонал.',
)
const declaration = said(
  'אני מצהיר/ה שהפרטים שמסרתי נכונים ומלאים, ואודיע למרפאה על כל שינוי במצב הבריאותי.',
  'I declare that what I have written is true and complete, and I will tell the clinic of any change in my health.',
  'أصرّح بأن التفاصيل التي قدمتها صحيحة وكاملة، وسأبلغ العيادة بأي تغيير في حالتي الصحية.',
  'Я заявляю, что сообщённые мной сведения верны и полны, и сообщу клинике о любых изменениях в состоянии здоровья.',
)
const consent = said(
  'הוסברו לי מטרת הטיפול, מהלכו, הסיכונים הידועים והאפשרויות האחרות. ניתנה לי אפשרות לשאול שאלות וקיבלתי תשובות. ידוע לי שאפשר לחזור מההסכמה בכל שלב.',
  'The purpose of the treatment, its course, its known risks and the alternatives were explained to me. I could ask questions and had answers. I know that I can withdraw my consent at any time.',
  'شُرح لي هدف العلاج ومجراه والمخاطر المعروفة والبدائل. أُتيح لي طرح الأسئلة وتلقيت إجابات. أعلم أنه يمكنني التراجع عن الموافقة في أي مرحلة.',
  'Мне объяснили цель лечения, его ход, известные риски и другие возможности. Я мог(ла) задать вопросы и получил(а) ответы. Мне известно, что согласие можно отозвать в любой момент.',
)

/** A medical history and a consent in four languages, by a clinic's own fields; one handed in with an allergy, one begun. @param fields ids by `subject.key`. */
export async function makeForms(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant, fields: ReadonlyMap<string, string>): Promise<void> {
  const random = makeRandom(31) // its own, so that the rest of the demo stays as it is
  const ctx = demoContext(services, clinic, ['owner', 'receptionist'], now)
  const id = (key: string): string => fields.get(`patient.${key}`) ?? ''
  const ask = (key: string, required = true): FormItem => ({ kind: 'field', fieldId: id(key), required })
  const anamnesis = random.id()
  await createForm(ctx, { id: anamnesis, kind: 'anamnesis', signed: true, title: said('שאלון רפואי', 'Medical history', 'استبيان طبي', 'Медицинская анкета'), items: [{ kind: 'text', words: intro }, ask('allergies'), ask('blood_thinners'), ask('conditions'), ask('pregnant'), ask('medicines', false), ask('smoking'), { kind: 'text', words: declaration }] })
  await createForm(ctx, { id: random.id(), kind: 'consent', signed: true, title: said('הסכמה לטיפול שיניים', 'Consent to dental treatment', 'موافقة على علاج الأسنان', 'Согласие на стоматологическое лечение'), items: [{ kind: 'text', words: consent }] })
  const ofFirst = comingOn(visits, now).filter(({ practitioner }) => practitioner === clinic.practitioners[0])
  const [first, second] = (await adults(ctx, ofFirst)).flatMap((patientId) => ofFirst.find(({ patient }) => patient.id === patientId) ?? [])
  const give = async (visit: DemoVisit): Promise<string> => {
    const response = random.id()
    await giveForm(ctx, visit.patient.id, { id: response, formId: anamnesis, branchId: visit.branchId, appointmentId: null, language: visit.patient.language, by: 'here' }, composeFormMessage)
    return response
  }
  const patients = systemContext(services, clinic.clinicId, now)
  const device = 'demo'
  const healthy = [{ fieldId: id('blood_thinners'), value: 'no' }, { fieldId: id('conditions'), value: ['hypertension'] }, { fieldId: id('pregnant'), value: 'not_relevant' }, { fieldId: id('smoking'), value: 'no' }]
  if (first) await signForm(patients, await give(first), { device, language: first.patient.language, answers: [{ fieldId: id('allergies'), value: ['penicillin'] }, { fieldId: id('medicines'), value: 'רמיפריל 5 מ״ג' }, ...healthy], signature: { name: `${first.patient.givenName} ${first.patient.familyName}`, as: 'patient', typed: false, strokes: [[120, 700, 180, 300, 240, 640, 320, 420, 380, 660, 520, 380, 640, 610, 860, 520]] } })
  if (second) await keepAnswers(patients, await give(second), { device, answers: healthy.slice(0, 1), saves: 0 })
}
