import type { LinkState } from '@yoman/domain/visit-links/answer'
import type { Language } from '../texts/text.ts'

type Ended = Exclude<LinkState, 'booked' | 'confirmed'>

/** What the page of a visit says in one language. */
export interface VisitPageWords {
  /** Headings of what may be answered. */
  booked: string
  confirmed: string
  with: string
  confirm: string
  cancel: string
  move: string
  /** Before a press that frees the place for others. */
  sureCancel: string
  keep: string
  /** Which time to move to. */
  choose: string
  none: string
  later: string
  back: string
  calendar: string
  /** What the patient cannot do alone any more, and how then. */
  call: string
  phone: string
  /** The desk is to find another time. */
  ask: string
  done: { confirm: string; cancel: string; move: string; ask: string }
  /** Somebody was faster. */
  taken: string
  ended: Record<Ended, readonly [heading: string, sentence: string]>
  unknown: readonly [heading: string, sentence: string]
  tooOften: string
}

const he: VisitPageWords = {
  booked: 'התור שלך',
  confirmed: 'התור שלך אושר',
  with: 'אצל',
  confirm: 'אישור הגעה',
  cancel: 'לא אוכל להגיע',
  move: 'מועד אחר',
  sureCancel: 'לבטל את התור? המועד יתפנה לאחרים.',
  keep: 'להשאיר את התור',
  choose: 'לאיזה מועד להעביר את התור?',
  none: 'לא נמצאו מועדים פנויים בימים האלה.',
  later: 'ימים נוספים',
  back: 'חזרה לתור',
  calendar: 'הוספה ליומן',
  call: 'לביטול או לשינוי של התור יש להתקשר למרפאה.',
  phone: 'טלפון המרפאה:',
  ask: 'לבקש מהמרפאה מועד אחר',
  done: { confirm: 'תודה, האישור התקבל. נתראה!', cancel: 'התור בוטל. תודה שהודעת.', move: 'התור הועבר למועד החדש. נתראה!', ask: 'הבקשה התקבלה. המרפאה תיצור קשר לתיאום מועד אחר, ועד אז התור נשאר כפי שהוא.' },
  taken: 'המועד הזה נתפס ברגע זה. אפשר לבחור מועד אחר.',
  ended: {
    moved: ['התור עבר למועד אחר', 'זה המועד הנוכחי של התור:'],
    cancelled: ['התור בוטל', 'לקביעת תור חדש אפשר להתקשר למרפאה.'],
    over: ['המועד הזה עבר', 'לקביעת תור חדש אפשר להתקשר למרפאה.'],
  },
  unknown: ['הקישור אינו מוכר', 'ייתכן שפג תוקפו. כדאי לבדוק שהועתק במלואו, או להתקשר למרפאה.'],
  tooOften: 'היו יותר מדי ניסיונות. אפשר לנסות שוב בעוד זמן קצר, או להתקשר למרפאה.',
}

const en: VisitPageWords = {
  booked: 'Your appointment',
  confirmed: 'Your appointment is confirmed',
  with: 'With',
  confirm: 'I will come',
  cancel: 'I cannot come',
  move: 'Another time',
  sureCancel: 'Give up this appointment? Its time will go to others.',
  keep: 'Keep it',
  choose: 'Which time suits you better?',
  none: 'There are no free times on these days.',
  later: 'Later days',
  back: 'Back to the appointment',
  calendar: 'Add to calendar',
  call: 'Please call the clinic to give up or change this appointment.',
  phone: 'The clinic’s phone:',
  ask: 'Ask the clinic for another time',
  done: { confirm: 'Thank you, we expect you. See you then!', cancel: 'The appointment no longer stands. Thank you for telling us.', move: 'The appointment has moved to its new time. See you then!', ask: 'Your request has arrived. The clinic will contact you about another time; until then the appointment stands as it is.' },
  taken: 'This time was taken just now. Please choose another.',
  ended: {
    moved: ['The appointment has moved', 'It stands at this time now:'],
    cancelled: ['This appointment was called off', 'Please call the clinic for a new one.'],
    over: ['This time has passed', 'Please call the clinic for a new appointment.'],
  },
  unknown: ['We do not know this link', 'It may be too old. Please check that all of it was copied, or call the clinic.'],
  tooOften: 'There were too many tries. Please try again in a while, or call the clinic.',
}

const ar: VisitPageWords = {
  booked: 'موعدك',
  confirmed: 'تم تأكيد موعدك',
  with: 'لدى',
  confirm: 'تأكيد الحضور',
  cancel: 'لن أتمكن من الحضور',
  move: 'موعد آخر',
  sureCancel: 'إلغاء الموعد؟ سيصبح الوقت متاحًا لآخرين.',
  keep: 'الإبقاء على الموعد',
  choose: 'إلى أي وقت تود نقل الموعد؟',
  none: 'لا توجد أوقات متاحة في هذه الأيام.',
  later: 'أيام أخرى',
  back: 'العودة إلى الموعد',
  calendar: 'إضافة إلى التقويم',
  call: 'لإلغاء الموعد أو تغييره يرجى الاتصال بالعيادة.',
  phone: 'هاتف العيادة:',
  ask: 'طلب موعد آخر من العيادة',
  done: { confirm: 'شكرًا، تم تسجيل التأكيد. إلى اللقاء!', cancel: 'تم إلغاء الموعد. شكرًا لإبلاغنا.', move: 'تم نقل الموعد إلى الوقت الجديد. إلى اللقاء!', ask: 'وصل طلبك. ستتواصل العيادة معك لتحديد موعد آخر، وحتى ذلك الحين يبقى الموعد كما هو.' },
  taken: 'تم حجز هذا الوقت للتو. يمكن اختيار وقت آخر.',
  ended: {
    moved: ['تم نقل الموعد', 'هذا هو وقت الموعد الآن:'],
    cancelled: ['تم إلغاء الموعد', 'لحجز موعد جديد يمكن الاتصال بالعيادة.'],
    over: ['انقضى هذا الموعد', 'لحجز موعد جديد يمكن الاتصال بالعيادة.'],
  },
  unknown: ['الرابط غير معروف', 'ربما انتهت صلاحيته. يرجى التأكد من نسخه كاملًا، أو الاتصال بالعيادة.'],
  tooOften: 'محاولات كثيرة جدًا. يمكن المحاولة لاحقًا أو الاتصال بالعيادة.',
}

const ru: VisitPageWords = {
  booked: 'Ваш визит',
  confirmed: 'Ваш визит подтверждён',
  with: 'Специалист:',
  confirm: 'Я приду',
  cancel: 'Не смогу прийти',
  move: 'Другое время',
  sureCancel: 'Отменить визит? Это время достанется другим.',
  keep: 'Оставить визит',
  choose: 'На какое время перенести визит?',
  none: 'В эти дни свободного времени нет.',
  later: 'Следующие дни',
  back: 'Назад к визиту',
  calendar: 'Добавить в календарь',
  call: 'Чтобы отменить или перенести визит, позвоните, пожалуйста, в клинику.',
  phone: 'Телефон клиники:',
  ask: 'Попросить клинику о другом времени',
  done: { confirm: 'Спасибо, визит подтверждён. До встречи!', cancel: 'Визит отменён. Спасибо, что сообщили.', move: 'Визит перенесён. До встречи!', ask: 'Просьба принята. Клиника свяжется с Вами, чтобы выбрать другое время; до тех пор визит остаётся в силе.' },
  taken: 'Это время только что заняли. Выберите, пожалуйста, другое.',
  ended: {
    moved: ['Визит перенесён', 'Теперь он назначен на это время:'],
    cancelled: ['Визит отменён', 'Чтобы записаться снова, позвоните, пожалуйста, в клинику.'],
    over: ['Это время прошло', 'Чтобы записаться снова, позвоните, пожалуйста, в клинику.'],
  },
  unknown: ['Ссылка неизвестна', 'Возможно, она устарела. Проверьте, что она скопирована целиком, или позвоните в клинику.'],
  tooOften: 'Слишком много попыток. Попробуйте позже или позвоните в клинику.',
}

export const visitPageWords: Record<Language, VisitPageWords> = { he, en, ar, ru }
