// Forms: every type of field and all that may be said of one, pictures and sounds, and patterns of all kinds.
import { disc, stripes, tone } from '../media.ts'
import { form, network, type FieldInput } from './parts.ts'

const types = [
  'text', 'username', 'password', 'phone_number', 'email', '2fa_code', 'token', 'url', 'domain', 'captcha_code', 'select', 'postcard',
] // prettier-ignore

const labelOf = (type: string): string => type.replaceAll('_', ' ')

/** What only some types have. */
const more: Readonly<Record<string, Partial<FieldInput>>> = {
  text: { initialValue: 'Ada', rich: { description: 'Filled in already' } },
  phone_number: { placeholder: '+1 555 0100', rich: { description: 'With country code' } },
  '2fa_code': { placeholder: '123456', rich: { pattern: '^\\d{6}$', description: 'Six digits' } },
  url: { placeholder: 'https://', optional: true },
  domain: { optional: true },
  select: { rich: { options: ['Morning', 'Noon', 'Night'], description: 'When to be reached' } },
  postcard: { optional: true, rich: { description: 'Of a type that nobody knows' } },
}

const everyType = types.map((type): FieldInput => ({ id: `lab.${type}`, label: labelOf(type), type, ...more[type] }))
const needed = everyType
  .filter(({ initialValue, optional }) => initialValue === undefined && optional !== true)
  .map(({ id }) => id)

const thirty = Array.from({ length: 30 }, (_, n): FieldInput => {
  const type = types[n % 10] ?? 'text'
  return { id: `field-${String(n + 1)}`, label: `${labelOf(type)} ${String(n + 1)}`, type, optional: n % 3 === 2 }
})

const select = (id: string, options: string[]): FieldInput => ({
  id,
  label: 'Way in',
  type: 'select',
  rich: { options },
})

export const fields = network('fields', 'Every Field', {
  flows: [
    form('every-type', 'Every type at once', { instructions: 'Fill in what is asked', fields: everyType }, [
      { missing: needed, to: 'form', retryText: 'Something is missing' },
      { field: 'lab.2fa_code', is: '000000', to: 'form', retryText: 'That code is wrong' },
      { else: true, to: 'ok' },
    ]),
    form('one-option', 'A choice of one', { instructions: 'Go on', fields: [select('way', ['Continue'])] }, [
      { field: 'way', is: 'Continue', to: 'ok' },
      { else: true, to: 'form', retryText: 'There is one way only' },
    ]),
    form('three-options', 'A choice of three', { fields: [select('way', ['App', 'Text message', 'Call'])] }, [
      { field: 'way', is: 'Call', to: 'form', retryText: 'Nobody can be called right now' },
      { field: 'way', is: 'App', to: 'ok' },
      { field: 'way', is: 'Text message', to: 'ok' },
      { else: true, to: 'form', retryText: 'Choose one of the three' },
    ]),
    form('thirty', 'Thirty fields', { instructions: 'There are thirty', fields: thirty }, [
      { missing: ['field-1', 'field-30'], to: 'form', retryText: 'Something is missing' },
      { else: true, to: 'ok' },
    ]),
    form('odd-members', 'Members in odd shapes', {
      fields: [
        {
          id: 'one',
          label: 'One',
          type: 'select',
          rich: { odd: { options: 'a,b', pattern: 7, description: { text: 'x' } } },
        },
        { id: 'two', label: 'Two', type: 'select', rich: { odd: { options: [1, null, 'Three'], pattern: null } } },
        { id: '__proto__', label: 'Three', type: 'text' },
        { id: 'constructor', label: '', type: 'toString' },
      ],
      more: { colour: 'green', fieldsets: [[0, 1]] },
    }),
    form('nothing', 'No field at all', { instructions: 'Nothing is asked', fields: [] }),
  ],
})

const picture = (filename: string, content: Buffer): object => ({
  type: 'm.image',
  filename,
  content: content.toString('base64'),
  info: { mimetype: 'image/png', size: content.length },
})
const sound = tone(440, 400)
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" onload="wasRun=1"><text y="20">SVG</text></svg>'

export const gallery = network('gallery', 'Pictures and Sounds', {
  flows: [
    form(
      'puzzle',
      'Two pictures, a sound and rubbish',
      {
        instructions: 'What do the pictures show?',
        attachments: [
          picture('first.png', disc(96, [36, 87, 214], [240, 240, 245])),
          7,
          null,
          {
            type: 'm.image',
            filename: 'broken.png',
            content: '%%% this is no base64 %%%',
            info: { mimetype: 'image/png' },
          },
          { type: 'm.audio', filename: 'tone.wav', content: sound.toString('base64'), info: { mimetype: 'audio/wav' } },
          { type: 'm.image', filename: 'drawing.svg', content: btoa(drawing), info: { mimetype: 'image/svg+xml' } },
          { type: 'm.image', filename: 'huge.png', content: '', info: { mimetype: 'image/png', size: 20_971_520 } },
          {
            type: 'm.image',
            filename: 'a page.png',
            content: btoa('<script>wasRun=1</script>'),
            info: { mimetype: 'image/png' },
          },
          'https://chat.example.com/captcha.png',
          picture('second.png', stripes(200, 64, [179, 38, 30], [255, 255, 255])),
        ],
        fields: [{ id: 'answer', label: 'Answer', type: 'captcha_code' }],
      },
      [
        { field: 'answer', is: 'k7mq2', to: 'ok' },
        { else: true, to: 'form', retryText: 'That was not right' },
      ],
    ),
  ],
})

const patterned = (id: string, name: string, pattern: string): ReturnType<typeof form> =>
  form(id, name, { fields: [{ id: 'value', label: 'Value', type: 'text', rich: { pattern } }] }, [
    { field: 'value', is: 'wrong', to: 'form', retryText: 'Not that one' },
    { else: true, to: 'ok' },
  ])

export const patterns = network('patterns', 'Patterns', {
  flows: [
    // In an engine that goes back, thirty letters and a sign keep it busy for hours.
    patterned('catastrophic', 'A pattern that never ends', '^(a+)+$'),
    patterned('re2-only', 'A pattern of RE2 alone', String.raw`\A[a-z]{3,}\z`),
    patterned('invalid', 'No pattern at all', '^([a-z'),
    patterned('bomb', 'A pattern that unfolds', '^((a{1,900}){1,900}){1,900}$'),
    patterned('long', 'A pattern of 4 kB', `^(?:${'abcdefg|'.repeat(512)}x)`),
  ],
})
