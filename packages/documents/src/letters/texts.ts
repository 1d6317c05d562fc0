import type { LetterKind } from '@yoman/domain/letters/letter'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'

export interface LetterText {
  title: string
  body: string
}

/** The letters that come with the product; a clinic writes its own over them. A line whose placeholders are all empty is left out. */
export const letterTexts: Record<DocumentLanguage, Record<LetterKind, LetterText>> = {
  he: {
    referral: { title: 'הפניה', body: 'לכבוד\n\nשלום רב,\n\n{patientName} נמצא/ת בטיפולי, ומופנה אליכם ל\n\nרקע רפואי והתראות: {alerts}\nממצאים ומה שנעשה עד כה: {note}\nטיפולים: {procedures}\n\nאודה לקבלת חוות דעתכם.\nבברכה,\n{doctorName}' },
    sick_note: { title: 'אישור מחלה', body: 'לכל מאן דבעי,\n\nהריני לאשר כי {patientName}, מספר זהות {identifier}, נבדק/ה על ידי ביום {visitDate}.\nמטעמים רפואיים נמצא/ת בלתי כשיר/ה לעבודה או ללימודים מיום {visitDate} ועד יום \n\nהאישור ניתן לבקשת המטופל/ת.' },
    prescription: { title: 'מרשם', body: '' },
    summary: { title: 'סיכום ביקור', body: '{patientName} ביקר/ה במרפאה ביום {visitDate}.\n\nמה נבדק ונמצא: {note}\nטיפולים שניתנו: {procedures}\n\nהמשך והנחיות: ' },
  },
  ar: {
    referral: { title: 'تحويل', body: 'حضرة\n\nتحية طيبة،\n\n{patientName} يتلقى/تتلقى العلاج لديّ، ويُحوَّل إليكم من أجل\n\nالخلفية الطبية والتنبيهات: {alerts}\nالنتائج وما تم حتى الآن: {note}\nالعلاجات: {procedures}\n\nأشكركم على إبداء رأيكم.\nمع الاحترام،\n{doctorName}' },
    sick_note: { title: 'شهادة مرضية', body: 'إلى من يهمه الأمر،\n\nأشهد بأن {patientName}، رقم الهوية {identifier}، فُحص/ت لديّ بتاريخ {visitDate}.\nولأسباب طبية لا يستطيع/تستطيع العمل أو الدراسة من {visitDate} حتى تاريخ \n\nأُعطيت هذه الشهادة بطلب من المريض/ة.' },
    prescription: { title: 'وصفة طبية', body: '' },
    summary: { title: 'ملخص الزيارة', body: 'زار/ت {patientName} العيادة بتاريخ {visitDate}.\n\nالفحص والنتائج: {note}\nالعلاجات التي قُدّمت: {procedures}\n\nالمتابعة والتعليمات: ' },
  },
  ru: {
    referral: { title: 'Направление', body: 'Кому:\n\nЗдравствуйте!\n\n{patientName} наблюдается у меня и направляется к вам для\n\nАнамнез и предупреждения: {alerts}\nРезультаты осмотра: {note}\nПроведённое лечение: {procedures}\n\nПрошу сообщить ваше заключение.\nС уважением,\n{doctorName}' },
    sick_note: { title: 'Справка о болезни', body: 'По месту требования\n\nНастоящим подтверждаю, что {patientName}, номер удостоверения {identifier}, был(а) осмотрен(а) мною {visitDate}.\nПо медицинским причинам нетрудоспособен (нетрудоспособна) с {visitDate} по \n\nСправка выдана по просьбе пациента.' },
    prescription: { title: 'Рецепт', body: '' },
    summary: { title: 'Выписка о визите', body: '{patientName}: посещение клиники {visitDate}.\n\nОсмотр и результаты: {note}\nПроведённое лечение: {procedures}\n\nДальнейшие указания: ' },
  },
  en: {
    referral: { title: 'Referral', body: 'To\n\nDear colleague,\n\n{patientName} is under my care and is referred to you for\n\nHistory and alerts: {alerts}\nFindings so far: {note}\nTreatment given: {procedures}\n\nThank you for your opinion.\nYours sincerely,\n{doctorName}' },
    sick_note: { title: 'Medical certificate', body: 'To whom it may concern,\n\nThis is to certify that {patientName}, identity number {identifier}, was examined by me on {visitDate}.\nFor medical reasons the patient is unfit for work or study from {visitDate} until \n\nGiven at the request of the patient.' },
    prescription: { title: 'Prescription', body: '' },
    summary: { title: 'Visit summary', body: '{patientName} visited the clinic on {visitDate}.\n\nExamination and findings: {note}\nTreatment given: {procedures}\n\nFollow-up and instructions: ' },
  },
}
