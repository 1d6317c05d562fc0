import type { Texts } from './text.ts'

export const ar: Texts = {
  sms: {
    reminder: '{clinicName}: {patientFirstName}، موعدك {date} في {time}، {practitionerName}\nللتأكيد: {link}',
    booked: '{clinicName}: {patientFirstName}، تم حجز موعدك {date} في {time}، {practitionerName}\n{link}',
    moved: '{clinicName}: {patientFirstName}، موعدك انتقل إلى {date} في {time}، {practitionerName}\n{link}',
    cancelled: '{clinicName}: مرحبًا {patientFirstName}، تم إلغاء موعدك يوم {date} الساعة {time}. يسعدنا حجز موعد آخر\nهاتف {phone}',
    offer: '{clinicName}: مرحبًا {patientFirstName}، توفر موعد يوم {date} الساعة {time}، {practitionerName}. يمكن حجزه حتى الساعة {until}:\n{link}\nهاتف {phone}',
    debt: '{clinicName}: مرحبا {patientFirstName}، بحسب سجلاتنا الحساب رقم {number} بتاريخ {date} ما زال مفتوحا. إن كان قد دفع فيمكن تجاهل الرسالة\nللاستفسار {phone}',
    form: '{clinicName}: مرحبًا {patientFirstName}، نرجو تعبئة استمارة قصيرة قبل الزيارة:\n{link}\nهاتف {phone}',
    series_changed: '{clinicName}: مرحبًا {patientFirstName}، تم تحديث مواعيدك: {times}\n{practitionerName}\nهاتف {phone}',
    series_cancelled: '{clinicName}: مرحبًا {patientFirstName}، تم إلغاء هذه المواعيد: {times}. يسعدنا حجز مواعيد أخرى\nهاتف {phone}',
  },
  email: {
    reminder: {
      subject: 'تذكير بموعدك: يوم {date} الساعة {time}',
      body: 'مرحبًا {patientFirstName}،\nهذا تذكير بموعدك في {clinicName}، {branchName}.\nالموعد: يوم {date} الساعة {time}\nمع: {practitionerName}\nللتأكيد أو التغيير أو الإلغاء: {link}\nويمكن أيضًا الاتصال: {phone}',
    },
    booked: {
      subject: 'تم حجز موعدك: يوم {date} الساعة {time}',
      body: 'مرحبًا {patientFirstName}،\nتم حجز موعدك في {clinicName}، {branchName}.\nالموعد: يوم {date} الساعة {time}\nمع: {practitionerName}\nللتأكيد أو التغيير أو الإلغاء: {link}\nويمكن أيضًا الاتصال: {phone}',
    },
    moved: {
      subject: 'تم تغيير موعدك إلى يوم {date} الساعة {time}',
      body: 'مرحبًا {patientFirstName}،\nتم تغيير موعدك في {clinicName}، {branchName}.\nالموعد الجديد: يوم {date} الساعة {time}\nمع: {practitionerName}\nإذا لم يناسبك الموعد: {link}\nويمكن أيضًا الاتصال: {phone}',
    },
    cancelled: {
      subject: 'تم إلغاء موعدك يوم {date}',
      body: 'مرحبًا {patientFirstName}،\nتم إلغاء موعدك في {clinicName}، {branchName}، يوم {date} الساعة {time}.\nلحجز موعد آخر يمكن الاتصال: {phone}',
    },
    debt: {
      subject: 'الحساب بتاريخ {date} ما زال مفتوحا – {clinicName}',
      body: 'مرحبا {patientFirstName}،\nبحسب سجلاتنا هذا المستند ما زال مفتوحا: {documentName} رقم {number} بتاريخ {date} بمبلغ {total}. تجدونه مرفقا.\nإن كان قد دفع فشكرا لكم ويمكن تجاهل هذه الرسالة.\nللاستفسار أو لتنسيق موعد آخر يمكن الاتصال: {phone}\n{clinicName}، {branchName}',
    },
    statement: {
      subject: 'كشف حساب لشهر {month} – {clinicName}',
      body: 'مرحبا {patientFirstName}،\nفي الملف المرفق: كشف الحساب لشهر {month}.\nالرصيد للدفع: {total}. إن كان قد دفع فشكرا لكم ويمكن تجاهل هذه الرسالة.\nكشف الحساب للعلم وليس فاتورة.\nللاستفسار يمكن الاتصال: {phone}\n{clinicName}',
    },
    invoice: {
      subject: '{documentName} {number} – {clinicName}',
      body: 'مرحبًا {patientFirstName}،\nمرفق: {documentName} رقم {number} بمبلغ {total}.\nالمستند ملف PDF وهو مستند محوسب.\nشكرًا،\n{clinicName}\nللاستفسار يمكن الاتصال: {phone}',
    },
  },
  documents: { 300: 'فاتورة صفقة', 305: 'فاتورة ضريبية', 320: 'فاتورة ضريبية / إيصال', 330: 'فاتورة ضريبية دائنة', 400: 'إيصال', 410: 'سند إرجاع مبلغ' },
}
