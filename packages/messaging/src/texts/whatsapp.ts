import type { Language } from './text.ts'

/** What a clinic may file for its reminders: neither begins nor ends with a variable, and says nothing of what a visit is for. */
export const whatsappProposals: Record<Language, string> = {
  he: 'שלום {patientFirstName}, תזכורת לתור שלך ב{clinicName} ב{date} בשעה {time}, אצל {practitionerName}.\nלאישור, לשינוי או לביטול: {link}\nכאן אפשר גם לכתוב לנו.',
  en: 'Hello {patientFirstName}, this is a reminder of your visit at {clinicName} on {date} at {time}, with {practitionerName}.\nTo confirm, change or cancel it: {link}\nYou can also write to us here.',
  ar: 'مرحبا {patientFirstName}، تذكير بموعدك في {clinicName} بتاريخ {date} الساعة {time}، عند {practitionerName}.\nللتأكيد أو التغيير أو الإلغاء: {link}\nيمكنك أيضا الكتابة إلينا هنا.',
  ru: 'Здравствуйте, {patientFirstName}! Напоминаем о вашем визите в {clinicName} на {date} в {time}, принимает {practitionerName}.\nПодтвердить, перенести или отменить: {link}\nНам можно написать и сюда.',
}
