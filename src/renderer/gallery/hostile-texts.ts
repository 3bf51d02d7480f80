// What a hostile or broken server may say where a name or a sentence is expected (WIN-6), cut as main cuts it.
import { line, prose } from '#contract/beeper/text'

const long = 100_000

const texts: readonly string[] = [
  '<script>globalThis.wasRun = true</script>',
  '<img src=x onerror="globalThis.wasRun=true">',
  '<img src="https://pictures.example/picture">',
  '<svg onload="globalThis.wasRun=true"></svg>',
  '<iframe src="https://pictures.example/frame"></iframe>',
  '<a href="https://pictures.example/link">Click here</a>',
  '<a href="javascript:globalThis.wasRun=true">Click here</a>',
  '<style>* { display: none }</style>',
  '<link rel="stylesheet" href="https://pictures.example/sheet">',
  '<meta http-equiv="refresh" content="0; url=https://pictures.example/meta">',
  '<base href="https://pictures.example/">',
  '<form action="https://pictures.example/form"><button>Sign in</button></form>',
  '<input autofocus onfocus="globalThis.wasRun=true">',
  '<details open ontoggle="globalThis.wasRun=true">',
  '<math><mtext><script>globalThis.wasRun = true</script></mtext></math>',
  '"><script>globalThis.wasRun = true</script>',
  '\'"--></style></script><script>globalThis.wasRun = true</script>',
  '</main></body></html><h1>Another page</h1>',
  '<!-- never closed',
  '<![CDATA[<b>bold</b>]]>',
  '&lt;b&gt;bold&lt;/b&gt; &amp; &#60;i&#62;',
  '{@html "<b>bold</b>"} {1 + 1} ${1 + 1}',
  '{{constructor.constructor("globalThis.wasRun=true")()}}',
  '%3Cscript%3EglobalThis.wasRun=true%3C/script%3E',
  '\u202eecnalab ruoy\u202c',
  '\u2067right to left without an end',
  '\u202a\u202b\u202d\u202e\u2066\u2067\u2068 seven openings',
  '\u2069\u2069\u202c\u202c endings without a beginning',
  'שלום \u200fWhatsApp\u200f שלום',
  'WhatsApp\u0000hidden',
  'one\u0000two\u0001three\u001bfour\u007f',
  'a line\nanother line\r\n\ta third',
  '\u2028line\u2029paragraph',
  'W\u200bh\u200ca\u200dt\u2060s\ufeffApp',
  'Wh\u0430tsApp with a foreign letter',
  '\ud83d\ude00'.repeat(300),
  'a lone half \ud83d of a pair',
  `Z${'\u0301\u0308\u0329'.repeat(2_000)}algo`,
  'x'.repeat(long),
  'word '.repeat(long / 5),
]

export interface HostileText {
  readonly name: string
  readonly sentence: string
}

/** 40 of them, each as a name and as a sentence. */
export const hostileTexts: readonly HostileText[] = texts.map((text) => ({ name: line(text), sentence: prose(text) }))
