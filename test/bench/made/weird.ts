import { between } from '../prose.ts'

const many = (text: string, times: number) => text.repeat(times)

/** What no form expects, and every form gets: each is the text of a whole report. Nothing in it may break a page, a search or a fact. */
export const weird: Readonly<Record<string, () => string>> = {
  'right to left': () => `המשתמש שולח ‎https://shop.example/a?q=1‎ ורואה שגיאה. ${many('זה קורה בכל פעם. ', between(1, 40))}`,
  'bidirectional overrides': () => 'The file is called \u202Egnp.exe\u202C and \u2066the rest\u2069 is \u202Dturned round\u202E, and never turned back',
  'emoji': () => many('👩‍💻🏳️‍🌈👨‍👩‍👧‍👦🧑🏽‍🚀🇩🇪 bug! ', between(5, 400)),
  'NUL': () => 'The name\u0000ends here for C, and\u0000\u0000 goes on for us.',
  'control characters': () => Array.from({ length: 64 }, (_, i) => `a${String.fromCodePoint(i < 32 ? i : 0x7f + i - 32)}b`).join(' '),
  'terminal colours': () => '\u001B[31mred\u001B[0m \u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007 \u001B[2J',
  'lone surrogates': () => 'half \uD83D of one, \uDE00 the other, \uD83D\uD83D',
  'one long line': () => many('0123456789abcdef', 6000),
  'one long word in another script': () => many('脆', 90_000),
  'stacked marks': () => many(`Z${many('\u0301\u0316\u0489', 30)}`, 60),
  'nothing visible': () => `.${many('\u200B\u200C\u200D\u2060\uFEFF\u00AD', 200)}.`,
  'hypertext': () => '</textarea></script><script>alert(1)</script><img src=x onerror=alert(2)><base href=//evil.example><style>*{display:none}</style>',
  'templates': () => '{{7*7}} ${7*7} <%= 7*7 %> {link:https://evil.example} #{7*7} %s%s%n {{constructor.constructor("alert(1)")()}}',
  'Markdown': () => `${many('> ', 300)}deep\n\n${many('- ', 200)}list\n\n${many('[', 2000)}a\n\n| a |\n|-|\n${many('| b |\n', 500)}`,
  'lines of every kind': () => 'one\rtwo\r\nthree\u2028four\u2029five\u0085six\u000Bseven\u000Ceight\ttabs\t\t',
  'many short lines': () => many('x\n', 45_000),
  'spaces': () => `start${many(' ', 50_000)}end`,
  'letters that look alike': () => 'https://\u0430pple.example/ and https://xn--80ak6aa92e.example/ and ｈｔｔｐｓ：／／ｆｕｌｌ．example/ and раураl',
  'ligatures and forms': () => 'ﬁnd ﬀ ㎏ ① ⑨ Ⅷ ｶﾞ ﷺ ﷽ İı ſ ẞß Ǆ',
  'characters beyond': () => '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈𐌰 𓀀𓂀 𠜎𠜱 \u{10FFFF} \uFFFE\uFFFF',
  'what a regular expression fears': () => `${many('a', 30_000)}! ${many('(', 5000)} ${many('1.', 5000)} ${many('a/', 5000)}.c ${many('::a', 5000)}()`,
  'addresses': () => Array.from({ length: 500 }, (_, i) => `https://h${i}.example:${8000 + i}/p${i}?q${i}=1`).join(' '),
  'odd addresses': () => 'http://[::1]:80/ http://[::ffff:7f00:1]/ http://0x7f.1/ http://2130706433/ https://a@b@c/ https://shop.example.:443/ '
    + 'http://999.1.1.1/ https://-/ http://%00/ https://xn--a/',
  'numbers that are none': () => 'CVE-0000-0000 CVE-99999-1 CWE-0 CWE-99999999999 CVSS:3.1/AV:N CVSS:4.0/AV:X CVSS:3.1/AV:N/AV:N/AV:N score 11.0 score 9.8.7',
}
