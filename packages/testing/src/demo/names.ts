type Names = readonly [[string, string], ...[string, string][]]

/** Given and family names, each with its Latin spelling, for the four languages of an Israeli waiting room. */
export interface NamePool {
  language: 'he' | 'ar' | 'ru' | 'en'
  share: number
  female: Names
  male: Names
  family: Names
}

export const namePools: readonly NamePool[] = [
  {
    language: 'he',
    share: 0.66,
    female: [['נועה', 'Noa'], ['תמר', 'Tamar'], ['מאיה', 'Maya'], ['אביגיל', 'Avigail'], ['יעל', 'Yael'], ['שירה', 'Shira'], ['רות', 'Ruth'], ['מיכל', 'Michal'], ['הילה', 'Hila'], ['דנה', 'Dana'], ['ענת', 'Anat'], ['רונית', 'Ronit'], ['אורלי', 'Orly'], ['גלית', 'Galit'], ['ליאור', 'Lior'], ['אסתר', 'Esther'], ['מרים', 'Miriam'], ['שרה', 'Sarah']],
    male: [['איתי', 'Itay'], ['נועם', 'Noam'], ['אורי', 'Uri'], ['דוד', 'David'], ['יוסף', 'Yosef'], ['משה', 'Moshe'], ['אריאל', 'Ariel'], ['עומר', 'Omer'], ['יונתן', 'Yonatan'], ['גיא', 'Guy'], ['רועי', 'Roi'], ['אלון', 'Alon'], ['אברהם', 'Avraham'], ['יעקב', 'Yaakov'], ['שמעון', 'Shimon'], ['עידו', 'Ido'], ['אסף', 'Asaf'], ['בני', 'Benny']],
    family: [['כהן', 'Cohen'], ['לוי', 'Levi'], ['מזרחי', 'Mizrahi'], ['פרץ', 'Peretz'], ['ביטון', 'Biton'], ['דהן', 'Dahan'], ['אברהם', 'Avraham'], ['פרידמן', 'Friedman'], ['אזולאי', 'Azulay'], ['מלכה', 'Malka'], ['כץ', 'Katz'], ['יוסף', 'Yosef'], ['דוד', 'David'], ['עמר', 'Amar'], ['אוחיון', 'Ohayon'], ['חדד', 'Hadad'], ['גבאי', 'Gabay'], ['בן דוד', 'Ben David'], ['אדרי', 'Edri'], ['לוין', 'Levin'], ['טל', 'Tal'], ['קליין', 'Klein'], ['חן', 'Hen'], ['שפירא', 'Shapira'], ['רוזן', 'Rosen'], ["ז'אן-פרץ", 'Jean-Peretz']],
  },
  {
    language: 'ar',
    share: 0.14,
    female: [['فاطمة', 'Fatima'], ['مريم', 'Maryam'], ['نور', 'Nur'], ['ليلى', 'Layla'], ['سارة', 'Sara'], ['ياسمين', 'Yasmin']],
    male: [['محمد', 'Muhammad'], ['أحمد', 'Ahmad'], ['يوسف', 'Yusuf'], ['عمر', 'Omar'], ['خالد', 'Khaled'], ['إبراهيم', 'Ibrahim']],
    family: [['خوري', 'Khoury'], ['حداد', 'Haddad'], ['منصور', 'Mansour'], ['زعبي', 'Zoabi'], ['عودة', 'Odeh'], ['نصار', 'Nassar'], ['أبو خليل', 'Abu Khalil']],
  },
  {
    language: 'ru',
    share: 0.13,
    female: [['Анна', 'Anna'], ['Ольга', 'Olga'], ['Ирина', 'Irina'], ['Наталья', 'Natalia'], ['Светлана', 'Svetlana']],
    male: [['Александр', 'Alexander'], ['Дмитрий', 'Dmitry'], ['Михаил', 'Mikhail'], ['Борис', 'Boris'], ['Игорь', 'Igor']],
    family: [['Иванов', 'Ivanov'], ['Шварц', 'Shvarts'], ['Гольдберг', 'Goldberg'], ['Кузнецов', 'Kuznetsov'], ['Рабинович', 'Rabinovich'], ['Левина', 'Levina']],
  },
  {
    language: 'en',
    share: 0.07,
    female: [['Emma', 'Emma'], ['Olivia', 'Olivia'], ['Rachel', 'Rachel'], ['Hannah', 'Hannah']],
    male: [['James', 'James'], ['Daniel', 'Daniel'], ['Adam', 'Adam'], ['Liam', "Liam"]],
    family: [['Smith', 'Smith'], ["O'Connor", "O'Connor"], ['Goldstein', 'Goldstein'], ['Miller', 'Miller'], ['Williams', 'Williams']],
  },
]
