/** How people write of weaknesses, by language. In braces stands what differs from report to report. */
export interface Tongue {
  readonly charset: string
  readonly title: string
  readonly sentences: readonly string[]
}

export const english: Tongue = {
  charset: 'utf-8',
  title: '{kind} in {path}',
  sentences: [
    'I found this while I was looking at {path} on {host} with an intercepting proxy.',
    'The parameter `{param}` is written into the page as it was sent.',
    'The response to GET {path}?{param}={payload} holds the payload without any encoding.',
    'When `{param}` is left empty, the server answers with 500 and a stack trace that names {file}.',
    'It works in version {version} and, as far as I can tell, in every one before it.',
    'I could not reproduce it in {version}, so it may have come in later.',
    'In {file} at line {line} the length is read from the packet and never compared with the buffer.',
    'The function `{fn}` trusts its caller to have checked the size, and one caller does not.',
    'A session that was ended keeps working against https://{host}{path} for about an hour.',
    'The check in `{fn}()` compares the wrong id, so any signed-in user can read the record of another.',
    'No account is needed. One request is enough.',
    'You need two accounts in different teams; I used two of my own and touched nobody else’s data.',
    'An attacker who gets a victim to open a link reads the answers of the API in their name.',
    'The token in the address ends up in the referrer that is sent to the statistics host.',
    'Rate limits apply by account and not by address, so guessing over many accounts is not slowed down.',
    'I stopped as soon as I saw the first row and deleted the output.',
    'The fix is probably one line: encode where the value is written, in {file}.',
    'With AddressSanitizer it stops with a read of {line} bytes past the end of the allocation.',
    'curl -s "https://{host}{path}?{param}={payload}" shows it.',
    'This reads like {cwe} to me. I have seen {cve}, which is about another place.',
    'Please tell me if you need a recording. I can send one.',
  ],
}

export const tongues: readonly Tongue[] = [
  { charset: 'iso-8859-1', title: 'Schwachstelle in {path}', sentences: [
    'Der Parameter {param} wird ungeprüft in die Seite geschrieben.', 'Getestet mit Version {version} auf {host}.',
    'Über https://{host}{path}?{param}={payload} lässt sich fremder Code ausführen.', 'Größe und Länge werden in {file} nicht verglichen.',
    'Ich habe keine fremden Daten geöffnet.'] },
  { charset: 'windows-1252', title: 'Faille dans {path}', sentences: [
    'Le paramètre « {param} » n’est jamais vérifié.', 'Testé avec la version {version} sur {host}.',
      'La page https://{host}{path} renvoie la valeur telle quelle.',
    'N’importe quel compte peut lire les données d’un autre.', 'Aucune donnée d’autrui n’a été conservée.'] },
  { charset: 'windows-1251', title: 'Уязвимость в {path}', sentences: [
    'Параметр {param} не проверяется на сервере.', 'Проверено в версии {version} на {host}.', 'Запрос к https://{host}{path} возвращает чужие данные.',
    'Функция `{fn}` не сравнивает длину буфера.', 'Чужие данные я не сохранял.'] },
  { charset: 'koi8-r', title: 'Ошибка в {path}', sentences: [
    'После выхода из системы сессия остаётся открытой.', 'Достаточно одного запроса с параметром {param}.', 'Версия {version}, сервер {host}.'] },
  { charset: 'shift_jis', title: '{path} の脆弱性', sentences: [
    'パラメータ {param} が検証されていません。', 'バージョン {version} で確認しました。', 'https://{host}{path} にアクセスすると他人の情報が表示されます。',
    'ログインは不要です。', '{file} の {line} 行目で長さが確認されていません。'] },
  { charset: 'gb18030', title: '{path} 存在漏洞', sentences: [
    '参数 {param} 没有经过验证。', '在版本 {version} 中已确认。', '访问 https://{host}{path} 可以读取其他用户的数据。', '不需要登录。', '函数 {fn} 没有检查长度。'] },
  { charset: 'big5', title: '{path} 的漏洞', sentences: ['參數 {param} 未經驗證。', '版本 {version} 已確認。', '請看附件。', '不需要登入即可讀取資料。'] },
  { charset: 'euc-kr', title: '{path} 취약점', sentences: [
    '매개변수 {param} 값이 검증되지 않습니다.', '버전 {version}에서 확인했습니다.', 'https://{host}{path} 에서 다른 사용자의 정보가 보입니다.', '로그인이 필요하지 않습니다.'] },
  { charset: 'windows-1256', title: 'ثغرة في {path}', sentences: [
    'لا يتم التحقق من المعامل {param} على الخادم.', 'تم الاختبار على الإصدار {version}.', 'يمكن لأي مستخدم قراءة بيانات غيره عبر https://{host}{path}',
    'لا حاجة إلى تسجيل الدخول.'] },
  { charset: 'windows-1255', title: 'פרצה ב-{path}', sentences: [
    'הפרמטר {param} אינו נבדק בשרת.', 'נבדק בגרסה {version} על {host}.', 'כל משתמש יכול לקרוא נתונים של אחר.', 'לא נדרשת התחברות.'] },
  { charset: 'utf-8', title: '{path} में कमज़ोरी', sentences: ['पैरामीटर {param} की जाँच नहीं होती।', 'संस्करण {version} में देखा गया।',
    'लॉगिन की ज़रूरत नहीं है।', 'https://{host}{path} पर देखें।'] },
  { charset: 'utf-8', title: 'ช่องโหว่ที่ {path}', sentences: ['ไม่มีการตรวจสอบพารามิเตอร์ {param}', 'ทดสอบกับรุ่น {version}',
    'ไม่ต้องเข้าสู่ระบบก็อ่านข้อมูลได้'] },
  { charset: 'iso-8859-7', title: 'Ευπάθεια στο {path}', sentences: ['Η παράμετρος {param} δεν ελέγχεται.', 'Δοκιμάστηκε στην έκδοση {version}.',
    'Δεν χρειάζεται σύνδεση.'] },
  { charset: 'iso-8859-2', title: 'Luka w {path}', sentences: ['Parametr {param} nie jest sprawdzany.', 'Sprawdzone w wersji {version} na {host}.',
    'Każdy może odczytać cudze dane.', 'Żądanie do {path} wystarczy.'] },
  { charset: 'iso-8859-9', title: '{path} içinde açık', sentences: ['{param} parametresi doğrulanmıyor.', 'Sürüm {version} ile denendi.',
    'Giriş yapmadan başkasının bilgisi okunuyor.'] },
  { charset: 'utf-8', title: 'Lỗ hổng ở {path}', sentences: ['Tham số {param} không được kiểm tra.', 'Đã thử với phiên bản {version}.',
    'Không cần đăng nhập.'] },
  { charset: 'utf-8', title: 'ხარვეზი: {path}', sentences: ['პარამეტრი {param} არ მოწმდება.', 'ვერსია {version}.', 'შესვლა საჭირო არ არის.'] },
  { charset: 'utf-8', title: '{path} இல் பாதிப்பு', sentences: ['{param} சரிபார்க்கப்படவில்லை.', 'பதிப்பு {version}.', 'உள்நுழைவு தேவையில்லை.'] },
]
