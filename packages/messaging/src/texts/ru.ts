import type { Texts } from './text.ts'

export const ru: Texts = {
  // Words of the language come first: a Hebrew name in front would turn the whole line right to left.
  sms: {
    reminder: 'Визит {date} в {time}: {patientFirstName}, {clinicName}, {practitionerName}\nПодтвердить, изменить: {link}',
    booked: 'Запись на {date} в {time}: {patientFirstName}, {clinicName}, {practitionerName}\nПодробнее: {link}',
    moved: 'Визит перенесён на {date} в {time}: {patientFirstName}, {clinicName}, {practitionerName}\n{link}',
    cancelled: 'Здравствуйте, {patientFirstName}! {clinicName}: Ваш визит {date} в {time} отменён. Будем рады подобрать другое время\nТел. {phone}',
    offer: 'Здравствуйте, {patientFirstName}! {clinicName}: освободилось время {date} в {time}, {practitionerName}. Занять его можно до {until}:\n{link}\nТел. {phone}',
    debt: 'Здравствуйте, {patientFirstName}! {clinicName}: по нашим данным счёт № {number} от {date} ещё не оплачен. Если он уже оплачен, не обращайте внимания.\nВопросы: {phone}',
    form: 'Здравствуйте, {patientFirstName}! {clinicName}: просим до визита заполнить короткую анкету:\n{link}\nТел. {phone}',
    series_changed: 'Здравствуйте, {patientFirstName}! {clinicName}: Ваши визиты изменены: {times}\n{practitionerName}\nТел. {phone}',
    series_cancelled: 'Здравствуйте, {patientFirstName}! {clinicName}: эти визиты отменены: {times}. Будем рады подобрать другое время\nТел. {phone}',
  },
  email: {
    reminder: {
      subject: 'Напоминание о визите: {date} в {time}',
      body: 'Здравствуйте, {patientFirstName}!\nНапоминаем о Вашем визите: {clinicName}, {branchName}.\nКогда: {date} в {time}\nСпециалист: {practitionerName}\nПодтвердить, перенести или отменить: {link}\nИли позвоните: {phone}',
    },
    booked: {
      subject: 'Вы записаны: {date} в {time}',
      body: 'Здравствуйте, {patientFirstName}!\nВы записаны на визит: {clinicName}, {branchName}.\nКогда: {date} в {time}\nСпециалист: {practitionerName}\nПодтвердить, перенести или отменить: {link}\nИли позвоните: {phone}',
    },
    moved: {
      subject: 'Ваш визит перенесён на {date} в {time}',
      body: 'Здравствуйте, {patientFirstName}!\nВаш визит перенесён: {clinicName}, {branchName}.\nКогда: {date} в {time}\nСпециалист: {practitionerName}\nЕсли время не подходит: {link}\nИли позвоните: {phone}',
    },
    cancelled: {
      subject: 'Ваш визит {date} отменён',
      body: 'Здравствуйте, {patientFirstName}!\nВаш визит {date} в {time} отменён: {clinicName}, {branchName}.\nЧтобы записаться снова, позвоните: {phone}',
    },
    debt: {
      subject: 'Счёт от {date} ещё не оплачен – {clinicName}',
      body: 'Здравствуйте, {patientFirstName}!\nПо нашим данным этот документ ещё не оплачен: {documentName} № {number} от {date}, {total}. Он приложен.\nЕсли он уже оплачен, спасибо: не обращайте внимания на это письмо.\nПо вопросам или чтобы договориться о другом сроке, звоните: {phone}\n{clinicName}, {branchName}',
    },
    statement: {
      subject: 'Выписка по счёту за {month} – {clinicName}',
      body: 'Здравствуйте, {patientFirstName}!\nВ приложенном файле выписка по счёту за {month}.\nК оплате: {total}. Если это уже оплачено, спасибо: не обращайте внимания на это письмо.\nВыписка носит справочный характер и не является счётом.\nПо вопросам звоните: {phone}\n{clinicName}',
    },
    invoice: {
      subject: '{documentName} {number} – {clinicName}',
      body: 'Здравствуйте, {patientFirstName}!\nВо вложении: {documentName} № {number} на сумму {total}.\nДокумент составлен на компьютере и приложен в формате PDF.\nСпасибо,\n{clinicName}\nПо вопросам звоните: {phone}',
    },
  },
  documents: { 300: 'Счёт к оплате', 305: 'Налоговый счёт', 320: 'Налоговый счёт / квитанция', 330: 'Кредитный налоговый счёт', 400: 'Квитанция', 410: 'Квитанция о возврате' },
}
