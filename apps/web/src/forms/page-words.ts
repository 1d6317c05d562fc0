import type { Tongue } from '@yoman/domain/fields/field'

/** What the patient's page of a form says, in the four languages of patients; the screens of the staff have two. */
interface PageWords {
  languageName: string
  language: string
  required: string
  missing: string
  wrong: string
  saving: string
  saved: string
  offline: string
  begunElsewhere: string
  who: string
  patient: string
  guardian: string
  name: string
  draw: string
  clear: string
  typed: string
  sign: string
  send: string
  signatureMissing: string
  thanks: readonly [heading: string, sentence: string]
  closed: readonly [heading: string, sentence: string]
  unknown: readonly [heading: string, sentence: string]
  tryAgain: string
  phone: string
  loading: string
  private: string
}

export const pageWords: Record<Tongue, PageWords> = {
  he: {
    languageName: 'עברית', language: 'שפה', required: 'חובה', missing: 'כאן חסרה תשובה.', wrong: 'התשובה אינה מתאימה.', saving: 'נשמר…', saved: 'התשובות נשמרו', offline: 'אין חיבור. התשובות שמורות כאן ויישלחו כשהחיבור יחזור.',
    begunElsewhere: 'התחילו למלא את הטופס במכשיר אחר. התשובות ההן אינן מוצגות כאן, ומה שימולא כאן יבוא במקומן.',
    who: 'מי חותם?', patient: 'המטופל/ת', guardian: 'הורה או אפוטרופוס', name: 'שם מלא', draw: 'חתימה באצבע, בעט או בעכבר', clear: 'מחיקת החתימה', typed: 'השם שהוקלד הוא החתימה שלי', sign: 'חתימה ושליחה', send: 'שליחה', signatureMissing: 'יש לכתוב שם ולחתום, או לסמן שהשם הוא החתימה.',
    thanks: ['תודה, הטופס התקבל', 'אפשר לסגור את הדף. נתראה בביקור!'], closed: ['הטופס כבר אינו פתוח', 'לשאלות אפשר להתקשר למרפאה.'], unknown: ['הקישור אינו מוכר', 'כדאי לבדוק שהועתק במלואו, או להתקשר למרפאה.'], tryAgain: 'ניסיון נוסף', phone: 'לשאלות:', loading: 'רגע…', private: 'התשובות נשלחות מוצפנות, ורק צוות המרפאה קורא אותן.',
  },
  en: {
    languageName: 'English', language: 'Language', required: 'required', missing: 'An answer is missing here.', wrong: 'This answer does not fit.', saving: 'Saving…', saved: 'Your answers are saved', offline: 'No connection. Your answers are kept here and will be sent when it returns.',
    begunElsewhere: 'This form was begun on another device. Those answers are not shown here, and what you fill in here replaces them.',
    who: 'Who signs?', patient: 'The patient', guardian: 'A parent or guardian', name: 'Full name', draw: 'Sign with finger, pen or mouse', clear: 'Clear the signature', typed: 'The name I typed is my signature', sign: 'Sign and send', send: 'Send', signatureMissing: 'Write your name and sign, or tick that the name is your signature.',
    thanks: ['Thank you, we have your form', 'You can close this page. See you at your visit!'], closed: ['This form is not open any more', 'Please call the clinic if you have a question.'], unknown: ['We do not know this link', 'Please check that all of it was copied, or call the clinic.'], tryAgain: 'Try again', phone: 'Questions?', loading: 'One moment…', private: 'Your answers travel encrypted, and only the clinic’s staff reads them.',
  },
  ar: {
    languageName: 'العربية', language: 'اللغة', required: 'إلزامي', missing: 'تنقص هنا إجابة.', wrong: 'الإجابة غير مناسبة.', saving: 'جارٍ الحفظ…', saved: 'تم حفظ الإجابات', offline: 'لا يوجد اتصال. الإجابات محفوظة هنا وستُرسل عند عودته.',
    begunElsewhere: 'بدأت تعبئة هذه الاستمارة على جهاز آخر. تلك الإجابات لا تظهر هنا، وما يُملأ هنا سيحل محلها.',
    who: 'من يوقّع؟', patient: 'المريض/ة', guardian: 'أحد الوالدين أو الوصي', name: 'الاسم الكامل', draw: 'التوقيع بالإصبع أو القلم أو الفأرة', clear: 'مسح التوقيع', typed: 'الاسم الذي كتبته هو توقيعي', sign: 'توقيع وإرسال', send: 'إرسال', signatureMissing: 'يرجى كتابة الاسم والتوقيع، أو الإشارة إلى أن الاسم هو التوقيع.',
    thanks: ['شكرًا، استلمنا الاستمارة', 'يمكن إغلاق الصفحة. إلى اللقاء في الزيارة!'], closed: ['الاستمارة لم تعد مفتوحة', 'للاستفسار يمكن الاتصال بالعيادة.'], unknown: ['الرابط غير معروف', 'يرجى التأكد من نسخه كاملًا، أو الاتصال بالعيادة.'], tryAgain: 'محاولة أخرى', phone: 'للاستفسار:', loading: 'لحظة…', private: 'تُرسل الإجابات مشفّرة، ولا يقرؤها إلا طاقم العيادة.',
  },
  ru: {
    languageName: 'Русский', language: 'Язык', required: 'обязательно', missing: 'Здесь нет ответа.', wrong: 'Ответ не подходит.', saving: 'Сохраняем…', saved: 'Ответы сохранены', offline: 'Нет связи. Ответы хранятся здесь и будут отправлены, когда она появится.',
    begunElsewhere: 'Эту анкету начали заполнять на другом устройстве. Те ответы здесь не показаны, и новые их заменят.',
    who: 'Кто подписывает?', patient: 'Пациент', guardian: 'Родитель или опекун', name: 'Полное имя', draw: 'Подпись пальцем, пером или мышью', clear: 'Стереть подпись', typed: 'Напечатанное имя и есть моя подпись', sign: 'Подписать и отправить', send: 'Отправить', signatureMissing: 'Напишите имя и распишитесь или отметьте, что имя и есть подпись.',
    thanks: ['Спасибо, анкета получена', 'Страницу можно закрыть. До встречи на приёме!'], closed: ['Анкета больше не открыта', 'По вопросам позвоните, пожалуйста, в клинику.'], unknown: ['Ссылка неизвестна', 'Проверьте, пожалуйста, что она скопирована целиком, или позвоните в клинику.'], tryAgain: 'Попробовать ещё раз', phone: 'Вопросы:', loading: 'Минуту…', private: 'Ответы передаются в зашифрованном виде, их читают только сотрудники клиники.',
  },
}

export const tongues = ['he', 'en', 'ar', 'ru'] as const satisfies readonly Tongue[]
export const directionOf = (tongue: Tongue): 'rtl' | 'ltr' => (tongue === 'he' || tongue === 'ar' ? 'rtl' : 'ltr')
