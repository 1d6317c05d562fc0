/** One place of a record as the specification has it; `need` is M mandatory, C conditional, R where the software keeps it. */
export interface CheckedField {
  no: number
  kind: 'X' | 'N' | 'S'
  from: number
  length: number
  need: 'M' | 'C' | 'R'
  en: string
  he: string
}

// number, kind, length, need, name in English and in Hebrew; written down apart from the writer's table, so that an error in one is found by the other
const tables: Record<string, string> = {
  A000: `
1000|X|4|M|Record Code|קוד רשומה
1001|X|5|M|Reserved|לשימוש עתידי
1002|N|15|M|Total Records in BKMVDATA|סך רשומות בקובץ BKMVDATA
1003|N|9|M|Tax ID|מספר עוסק מורשה
1004|N|15|M|Primary Identifier|מזהה ראשי
1005|X|8|M|System Constant|קבוע מערכת
1006|N|8|M|Software Registration Number|מספר רישום התוכנה
1007|X|20|M|Software Name|שם התוכנה
1008|X|20|M|Software Version|מהדורת התוכנה
1009|N|9|M|Vendor Tax ID|מספר ע"מ של יצרן התוכנה
1010|X|20|M|Vendor Name|שם יצרן התוכנה
1011|N|1|M|Software Type|סוג התוכנה
1012|X|50|M|File Output Path|נתיב מיקום שמירת הקבצים
1013|N|1|M|Accounting Type|סוג הנה"ח של התוכנה
1014|N|1|R|Balance Required Flag|איזון חשבונאי נדרש
1015|N|9|R|Company Registrar ID|מספר חברה ברשם החברות
1016|N|9|R|Withholding File Number|מספר תיק ניכויים
1017|X|10|M|Reserved Field|שטח נתונים עתידי
1018|X|50|M|Business Name|שם העסק
1019|X|50|R|Business Address - Street|מען העסק - רחוב
1020|X|10|R|Business Address - House Number|מען העסק - מס בית
1021|X|30|R|Business Address - City|מען העסק - עיר
1022|X|8|R|Business Address - ZIP|מען העסק - מיקוד
1023|N|4|C|Tax Year|שנת המס
1024|N|8|C|Start/Cutoff Date|טווח תאריך התחלה/חיתוך
1025|N|8|C|End/Cutoff Date|טווח תאריך סיום/חיתוך
1026|N|8|M|Process Start Date|תאריך תחילת התהליך
1027|N|4|M|Process Start Time|שעת תחילת התהליך
1028|N|1|M|Language Code|קוד שפה
1029|N|1|M|Character Encoding|סט תווים
1030|X|20|M|Compression Software Name|שם תוכנת הכיווץ
1032|X|3|M|Base Currency Code|מטבע מוביל
1034|N|1|M|Branch Info Flag|מידע על סניפים/ענפים
1035|X|46|M|Reserved Field|שטח נתונים עתידי`,
  SUM: `
1050|X|4|M|Record Code|קוד רשומה
1051|N|15|M|Record Count|סך רשומות`,
  A100: `
1100|X|4|M|Record Code|קוד רשומה
1101|N|9|M|Record Number in File|מס רשומה בקובץ
1102|N|9|M|Tax ID|מס עוסק מורשה
1103|N|15|M|Primary Identifier|מזהה ראשי
1104|X|8|M|System Constant|קבוע מערכת
1105|X|50|M|Reserved Field|שטח לנתונים עתידיים`,
  Z900: `
1150|X|4|M|Record Code|קוד רשומה
1151|N|9|M|Record Number in File|מס רשומה בקובץ
1152|N|9|M|Tax ID|מס עוסק מורשה
1153|N|15|M|Primary Identifier|מזהה ראשי
1154|X|8|M|System Constant|קבוע מערכת
1155|N|15|M|Total Records in File|סך רשומות כולל בקובץ
1156|X|50|M|Reserved Field|שטח לנתונים עתידיים`,
  C100: `
1200|X|4|M|Record Code|קוד רשומה
1201|N|9|M|Record Number in File|מס רשומה בקובץ
1202|N|9|M|VAT ID|מס עוסק מורשה
1203|N|3|M|Document Type|סוג המסמך
1204|X|20|M|Document Number|מספר המסמך
1205|N|8|M|Document production date|תאריך הוצאת המסמך
1206|N|4|R|Document Issue Time|שעת הוצאת המסמך
1207|X|50|C|Customer/Supplier Name|שם לקוח/ספק
1208|X|50|R|Customer/Supplier Street|רחוב לקוח/ספק
1209|X|10|R|Customer/Supplier House Number|מספר בית לקוח/ספק
1210|X|30|R|Customer/Supplier City|עיר לקוח/ספק
1211|X|8|R|Customer/Supplier Post Code|מיקוד לקוח/ספק
1212|X|30|R|Customer/Supplier Country|מדינה לקוח/ספק
1213|X|2|R|Customer/Supplier Country Code|קוד מדינה לקוח/ספק
1214|X|15|R|Customer/Supplier Phone|טלפון לקוח/ספק
1215|N|9|R|Customer/Supplier VAT ID|מס עוסק לקוח/ספק
1216|N|8|R|Value date|תאריך ערך המסמך
1217|S|15|R|Final amount in foreign currency|סכום סופי במטבע זר
1218|X|3|R|Currency Code|קוד מטבע
1219|S|15|R|Amount Before Discount|סכום המסמך לפני הנחה
1220|S|15|R|Document Discount|הנחת המסמך
1221|S|15|R|Amount After Discount Excluding VAT|סכום המסמך אחרי הנחה ללא מעמ
1222|S|15|R|VAT Amount|סכום מעמ
1223|S|15|R|Total incl. VAT|סכום המסמך כולל מעמ
1224|S|12|R|Withholding Tax Amount|סכום מס במקור
1225|X|15|C|Customer key at seller / supplier key at buyer|מפתח לקוח אצל מוכר או מפתח ספק אצל קונה
1226|X|10|R|Matching field|שדה התאמה
1228|X|1|R|Cancelled document flag|מסמך מבוטל
1230|N|8|M|Document date|תאריך המסמך
1231|X|7|C|Branch id|מזהה סניף/ענף
1233|X|9|R|Operator user name|מבצע הפעולה
1234|N|7|R|Link field header→lines|שדה מקשר לשורה
1235|X|13|M|Reserved|שטח שמור`,
  D110: `
1250|X|4|M|Record Code|קוד רשומה
1251|N|9|M|Record Number in File|מס רשומה בקובץ
1252|N|9|M|Tax ID|מס עוסק מורשה
1253|N|3|M|Document Type|סוג המסמך
1254|X|20|M|Document Number|מספר המסמך
1255|N|4|M|Line Number|מספר שורה במסמך
1256|N|3|R|Base Document Type|סוג מסמך בסיס
1257|X|20|R|Base Document Number|מספר מסמך בסיס
1258|N|1|R|Transaction Type|סוג עסקה
1259|X|20|R|Internal Catalog Code|מק"ט פנימי
1260|X|30|M|Goods/Service Description|תיאור טובין/שירות
1261|X|50|R|Manufacturer Name|שם היצרן
1262|X|30|R|Serial Number|מספר סידורי של המוצר
1263|X|20|R|Unit of Measure Description|תיאור יחידת מידה
1264|S|17|M|Quantity|כמות
1265|S|15|R|Unit Price|מחיר ליחידה ללא מע"מ
1266|S|15|R|Line Discount|הנחת שורה
1267|S|15|R|Line Total|סך סכום לשורה
1268|N|4|M|VAT Rate %|שיעור המע"מ בשורה
1270|X|7|C|Branch ID|מזהה סניף/ענף
1272|N|8|M|Document Date|תאריך המסמך
1273|N|7|R|Header Link Field|שדה מקשר לכותרת
1274|X|7|C|Base Document Branch ID|מזהה סניף/ענף למסמך בסיס
1275|X|21|M|Reserved Field|שטח לנתונים עתידיים`,
  D120: `
1300|X|4|M|Record Code|קוד רשומה
1301|N|9|M|Record Number in File|מס רשומה בקובץ
1302|N|9|M|Tax ID|מס עוסק מורשה
1303|N|3|M|Document Type|סוג מסמך
1304|X|20|M|Document Number|מספר מסמך
1305|N|4|M|Line Number|מספר שורה במסמך
1306|N|1|M|Payment method|סוג אמצעי התשלום
1307|N|10|C|Bank Number|מספר הבנק
1308|N|10|C|Branch Number|מספר הסניף
1309|N|15|C|Account Number|מספר חשבון
1310|N|10|C|Check Number|מספר המחאה
1311|N|8|R|Payment Due Date|תאריך פירעון
1312|S|15|M|Line Amount|סכום השורה
1313|N|1|R|Acquirer Code|קוד החברה הסולקת
1314|X|20|R|Card Brand|שם הכרטיס הנסלק
1315|N|1|R|Credit Transaction Type|סוג עסקת אשראי
1320|X|7|C|Branch ID|מזהה סניף/ענף
1322|N|8|M|Document Date|תאריך המסמך
1323|N|7|R|Header Link Field|שדה מקשר לכותרת
1324|X|60|M|Reserved Field|שטח לנתונים עתידיים`,
  B100: `
1350|X|4|M|Record Code|קוד רשומה
1351|N|9|M|Record Number in File|מס רשומה בקובץ
1352|N|9|M|Tax ID|מס עוסק מורשה
1353|N|10|M|Transaction Number|מספר תנועה
1354|N|5|M|Transaction Line Number|מספר שורה בתנועה
1355|N|8|R|Batch Number|מנה
1356|X|15|R|Transaction Type|סוג תנועה
1357|X|20|R|Reference Document|אסמכתא
1358|N|3|R|Reference Document Type|סוג מסמך האסמכתא
1359|X|20|R|Reference Document 2|אסמכתא 2
1360|N|3|R|Reference Document Type 2|סוג מסמך האסמכתא 2
1361|X|50|R|Details|פרטים
1362|N|8|M|Date|תאריך
1363|N|8|M|Value Date|תאריך ערך
1364|X|15|M|Account Key|חשבון בתנועה
1365|X|15|R|Counter account|חשבון נגדי
1366|N|1|M|Debit/Credit Indicator|סימן פעולה
1367|X|3|R|Currency Code|קוד מטבע
1368|S|15|M|Transaction Amount|סכום הפעולה
1369|S|15|R|Transaction Amount|סכום במט"ח
1370|S|12|R|Quantity Field|שדה כמות
1371|X|10|R|Matching Field 1|שדה התאמה 1
1372|X|10|R|Matching Field 2|שדה התאמה 2
1374|X|7|C|Branch ID|מזהה סניף/ענף
1375|N|8|M|Entry Date|תאריך הזנה
1376|X|9|R|Operator Username|מבצע פעולה
1377|X|25|M|Reserved Field|שטח לנתונים עתידיים`,
  B110: `
1400|X|4|M|Record Code|קוד רשומה
1401|N|9|M|Record Number in File|מס רשומה בקובץ
1402|N|9|M|Tax ID|מס עוסק מורשה
1403|X|15|M|Account Key|מפתח החשבון
1404|X|50|M|Account Name|שם החשבון
1405|X|15|M|Trial Balance Code|קוד מאזן בוחן
1406|X|30|M|Trial Balance Code Description|תיאור קוד מאזן בוחן
1407|X|50|R|Customer/Supplier Address - Street|מען לקוח/ספק - רחוב
1408|X|10|R|Customer/Supplier Address - House Number|מען לקוח/ספק - מס' בית
1409|X|30|R|Customer/Supplier Address - City|מען לקוח/ספק - עיר
1410|X|8|R|Customer/Supplier Address - ZIP|מען לקוח/ספק - מיקוד
1411|X|30|R|Customer/Supplier Address - Country|מען לקוח/ספק - מדינה
1412|X|2|R|Country Code|קוד מדינה
1413|X|15|R|Parent Account Key|חשבון מרכז
1414|S|15|M|Opening balance at cut-off|יתרת החשבון בתחילת החתך
1415|S|15|M|Total Debits|סה"כ חובה
1416|S|15|M|Total Credits|סה"כ זכות
1417|N|4|R|Accounting Classification Code|קוד בסיווג החשבונאי
1419|N|9|C|Supplier/Customer Tax ID|מספר עוסק של ספק/לקוח
1421|X|7|C|Branch ID|מזהה סניף/ענף
1422|S|15|R|Opening Balance in Foreign Currency|יתרת חשבון בתחילת חתך במט"ח
1423|X|3|R|Foreign Currency Code|קוד מטבע יתרת פתיחה במט"ח
1424|X|16|M|Reserved Field|שטח לנתונים עתידיים`,
  M100: `
1450|X|4|M|Record Code|קוד רשומה
1451|N|9|M|Record Number in File|מס רשומה בקובץ
1452|N|9|M|Tax ID|מס עוסק מורשה
1453|X|20|R|Universal Item Code|מק"ט פריט אוניברסלי
1454|X|20|R|Supplier/Manufacturer Item Code|מק"ט ספק/יצרן
1455|X|20|M|Internal Item Code|מק"ט פנימי
1456|X|50|M|Item Name|שם פריט
1457|X|10|R|Classification Code|קוד מיון
1458|X|30|R|Classification Description|תיאור קוד מיון
1459|X|20|M|Unit of Measure Description|תיאור יחידת מידה
1460|S|12|M|Opening Stock Quantity|יתרת פתיחה
1461|S|12|M|Total Stock In|סה"כ כניסות
1462|S|12|M|Total Stock Out|סה"כ יציאות
1463|N|10|R|Unit cost at end of period, outside bonded store|מחיר עלות לסוף תקופה - מחוץ למחסני ערובה
1464|N|10|R|Unit cost at end of period, bonded store|מחיר עלות לסוף תקופה - במחסני ערובה
1465|X|50|M|Reserved Field|שטח לנתונים עתידיים`,
}

export const checkedFields: ReadonlyMap<string, readonly CheckedField[]> = new Map(Object.entries(tables).map(([code, table]) => [code, read(table)]))

/** A field's official names; the number alone where there is none of it. */
export function fieldNamed(no: number): { no: number; en: string; he: string } {
  for (const fields of checkedFields.values()) for (const field of fields) if (field.no === no) return { no, en: field.en, he: field.he }
  return { no, en: '', he: '' }
}

export const recordLength = (code: string): number => (checkedFields.get(code) ?? []).reduce((sum, field) => sum + field.length, 0)

function read(table: string): CheckedField[] {
  let from = 0
  return table.trim().split('\n').map((line) => {
    const [no = '', kind = '', length = '', need = '', en = '', he = ''] = line.split('|')
    const field = { no: Number(no), kind: kind as CheckedField['kind'], from, length: Number(length), need: need as CheckedField['need'], en, he } // as written above
    from += field.length
    return field
  })
}
