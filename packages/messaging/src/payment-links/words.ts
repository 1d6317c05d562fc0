import type { Language, Text } from '../texts/text.ts'

/** A request for payment is no advertisement; it says who asks and where to call. */
export const linkWords: Record<Language, { sms: string; email: Text }> = {
  he: {
    sms: '{clinicName}: שלום {patientFirstName}, לתשלום {total} על חשבון מיום {date} (מספר {number}):\n{url}\nלשאלות {phone}',
    email: {
      subject: 'לתשלום חשבון מיום {date} – {clinicName}',
      body: 'שלום {patientFirstName},\nאפשר לשלם את החשבון מיום {date} (מספר {number}), {total}, בכרטיס או באפליקציה בדף המאובטח של ספק התשלומים שלנו:\n{url}\nהמסמך מצורף; אחרי התשלום תישלח קבלה.\nאם כבר שולם, תודה, ואפשר להתעלם מההודעה.\nלשאלות אפשר להתקשר: {phone}\n{clinicName}, {branchName}',
    },
  },
  en: {
    sms: 'Hello {patientFirstName}, {clinicName}: to pay {total} for the bill of {date} (no. {number}):\n{url}\nQuestions: {phone}',
    email: {
      subject: 'To pay the bill of {date} – {clinicName}',
      body: 'Hello {patientFirstName},\nYou can pay the bill of {date} (no. {number}), {total}, by card or app on the secure page of our payment provider:\n{url}\nThe document is attached; a receipt follows the payment.\nIf you have paid already, thank you, and please ignore this.\nQuestions: {phone}\n{clinicName}, {branchName}',
    },
  },
  ar: {
    sms: '{clinicName}: مرحبا {patientFirstName}، لدفع {total} عن الحساب بتاريخ {date} (رقم {number}):\n{url}\nللاستفسار {phone}',
    email: {
      subject: 'لدفع الحساب بتاريخ {date} – {clinicName}',
      body: 'مرحبا {patientFirstName}،\nيمكن دفع الحساب بتاريخ {date} (رقم {number})، {total}، بالبطاقة أو بالتطبيق في الصفحة الآمنة لمزود خدمة الدفع:\n{url}\nالمستند مرفق، وبعد الدفع يرسل إيصال.\nإن كان قد دفع فشكرا، ويمكن تجاهل الرسالة.\nللاستفسار: {phone}\n{clinicName}، {branchName}',
    },
  },
  ru: {
    sms: 'Здравствуйте, {patientFirstName}! {clinicName}: оплатить {total} по счёту № {number} от {date}:\n{url}\nВопросы: {phone}',
    email: {
      subject: 'Оплата счёта от {date} – {clinicName}',
      body: 'Здравствуйте, {patientFirstName}!\nСчёт № {number} от {date}, {total}, можно оплатить картой или через приложение на защищённой странице нашей платёжной системы:\n{url}\nДокумент во вложении; после оплаты придёт квитанция.\nЕсли он уже оплачен, спасибо, не обращайте внимания.\nВопросы: {phone}\n{clinicName}, {branchName}',
    },
  },
}
