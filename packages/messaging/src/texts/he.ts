import type { Texts } from './text.ts'

export const he: Texts = {
  sms: {
    reminder: '{clinicName}: {patientFirstName}, תור ב{date} ב-{time}, {practitionerName}\nלאישור או לשינוי: {link}',
    booked: '{clinicName}: {patientFirstName}, נקבע לך תור ל{date} ב-{time}, {practitionerName}\nפרטים: {link}',
    moved: '{clinicName}: {patientFirstName}, התור שלך עבר ל{date} ב-{time}, {practitionerName}\nפרטים: {link}',
    cancelled: '{clinicName}: שלום {patientFirstName}, התור שלך ב{date} בשעה {time} בוטל. לקביעת תור חדש נשמח לעמוד לרשותך\nטלפון {phone}',
    offer: '{clinicName}: שלום {patientFirstName}, התפנה תור ל{date} בשעה {time}, {practitionerName}. אפשר לתפוס אותו עד {until}:\n{link}\nטלפון {phone}',
    debt: '{clinicName}: שלום {patientFirstName}, לפי הרישום שלנו חשבון מיום {date} (מספר {number}) עדיין פתוח. אם כבר שולם, אפשר להתעלם\nלשאלות {phone}',
    form: '{clinicName}: שלום {patientFirstName}, לפני הביקור נבקש למלא שאלון קצר בטלפון:\n{link}\nטלפון {phone}',
    series_changed: '{clinicName}: שלום {patientFirstName}, התורים שלך עודכנו: {times}\n{practitionerName}\nטלפון {phone}',
    series_cancelled: '{clinicName}: שלום {patientFirstName}, התורים האלה בוטלו: {times}. לקביעת תורים חדשים נשמח לעמוד לרשותך\nטלפון {phone}',
  },
  email: {
    reminder: {
      subject: 'תזכורת לתור: {date} בשעה {time}',
      body: 'שלום {patientFirstName},\nזו תזכורת לתור שלך ב{clinicName}, {branchName}.\nמועד: {date} בשעה {time}\nאצל: {practitionerName}\nלאישור, לשינוי או לביטול: {link}\nאפשר גם להתקשר: {phone}',
    },
    booked: {
      subject: 'נקבע לך תור: {date} בשעה {time}',
      body: 'שלום {patientFirstName},\nנקבע לך תור ב{clinicName}, {branchName}.\nמועד: {date} בשעה {time}\nאצל: {practitionerName}\nלאישור, לשינוי או לביטול: {link}\nאפשר גם להתקשר: {phone}',
    },
    moved: {
      subject: 'התור שלך עבר ל{date} בשעה {time}',
      body: 'שלום {patientFirstName},\nהתור שלך ב{clinicName}, {branchName}, עבר למועד חדש.\nמועד: {date} בשעה {time}\nאצל: {practitionerName}\nאם המועד אינו מתאים: {link}\nאפשר גם להתקשר: {phone}',
    },
    cancelled: {
      subject: 'התור שלך ב{date} בוטל',
      body: 'שלום {patientFirstName},\nהתור שלך ב{clinicName}, {branchName}, שנקבע ל{date} בשעה {time}, בוטל.\nלקביעת תור חדש אפשר להתקשר: {phone}',
    },
    debt: {
      subject: 'חשבון מיום {date} עדיין פתוח – {clinicName}',
      body: 'שלום {patientFirstName},\nלפי הרישום שלנו המסמך הזה עדיין פתוח: {documentName} מספר {number} מיום {date}, על סך {total}. הוא מצורף.\nאם כבר שולם, תודה, ואפשר להתעלם מההודעה.\nלשאלות או לתיאום מועד אחר אפשר להתקשר: {phone}\n{clinicName}, {branchName}',
    },
    statement: {
      subject: 'דף חשבון לחודש {month} – {clinicName}',
      body: 'שלום {patientFirstName},\nבקובץ המצורף: דף החשבון לחודש {month}.\nיתרה לתשלום: {total}. אם כבר שולמה, תודה, ואפשר להתעלם מההודעה.\nדף החשבון הוא לידיעה ואינו חשבונית.\nלשאלות אפשר להתקשר: {phone}\n{clinicName}',
    },
    invoice: {
      subject: '{documentName} {number} – {clinicName}',
      body: 'שלום {patientFirstName},\nבקובץ המצורף: {documentName} מספר {number} על סך {total}.\nהקובץ הוא PDF, והמסמך ממוחשב.\nתודה,\n{clinicName}\nלשאלות אפשר להתקשר: {phone}',
    },
  },
  documents: { 300: 'חשבונית עסקה', 305: 'חשבונית מס', 320: 'חשבונית מס / קבלה', 330: 'חשבונית מס זיכוי', 400: 'קבלה', 410: 'אישור החזר תשלום' },
}
