import { expect, test } from 'vitest'
import { caretIn, countriesIn, homeOf, movePhone, readPhone } from './phone-numbers.ts'

test.each([
  ['0170 1234567', 'DE', '0170 1234567', 'DE', '+491701234567'],
  ['01701234567', 'DE', '0170 1234567', 'DE', '+491701234567'],
  ['+49 (0)170/1234567', 'US', '+49 0170 1234567', 'DE', '+491701234567'],
  ['+491701234567', 'US', '+49 170 1234567', 'DE', '+491701234567'],
  ['0049 170 1234567', 'US', '+49 170 1234567', 'DE', '+491701234567'],
  ['00491701234567', '', '+49 170 1234567', 'DE', '+491701234567'],
  ['011 44 7700 900123', 'US', '011 44 7700 900123', 'GB', '+447700900123'],
  ['4155550123', 'US', '(415) 555-0123', 'US', '+14155550123'],
  ['+12042345678', 'US', '+1 204 234 5678', 'CA', '+12042345678'],
  ['٠١٧٠١٢٣٤٥٦٧', 'DE', '0170 1234567', 'DE', '+491701234567'],
  ['＋491701234567', 'DE', '+49 170 1234567', 'DE', '+491701234567'],
  ['06 1234 5678', 'IT', '06 1234 5678', 'IT', '+390612345678'],
])('%s typed in %s stands as %s of %s and goes out as %s', (typed, country, text, named, whole) => {
  expect(readPhone(typed, country)).toMatchObject({ text, country: named, whole })
})

test.each([
  ['', 'DE', '', 'DE'],
  ['+', 'DE', '+', 'DE'],
  ['00', 'DE', '00', 'DE'],
  ['+1', 'CA', '+1', 'CA'],
  ['+1', 'DE', '+1', 'US'],
  ['+7', 'DE', '+7', 'RU'],
  ['+999', 'DE', '+999', 'DE'],
  ['+80012', 'DE', '+800 12', ''],
  ['555', 'US', '(555)', 'US'],
  ['01701234567', 'US', '01701234567', 'US'],
  ['01701234567', '', '01701234567', ''],
  ['ada@example.com', 'DE', 'ada@example.com', 'DE'],
])('%j in %s is no whole number yet', (typed, country, text, named) => {
  expect(readPhone(typed, country)).toMatchObject({ text, country: named, whole: undefined, shown: undefined })
})

test.each([
  ['0170 1234567', 'DE', 'AT', '0170 1234567', '+431701234567'],
  ['+49 170 1234567', 'DE', 'AT', '+43 1701234567', '+431701234567'],
  ['+49 170 1234567', 'DE', '', '1701234567', undefined],
])('%s of %s moved to %s stands as %s', (typed, from, to, text, whole) => {
  const moved = movePhone(typed, from, to)
  expect(moved.country).toBe(to)
  expect(moved.text.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  expect(moved.whole).toBe(whole)
})

test('countries are named and ordered in the language of the person', () => {
  const german = countriesIn('de')
  expect(german.find(({ code }) => code === 'DE')).toMatchObject({ name: 'Deutschland', callingCode: '49' })
  expect(german.findIndex(({ code }) => code === 'AT')).toBeGreaterThan(german.findIndex(({ code }) => code === 'DE'))
  expect(countriesIn('en').length).toBeGreaterThan(200)
})

test.each([
  [['en-GB', 'de-DE'], 'GB'],
  [['en', 'en-IE'], 'IE'],
  [['de'], 'DE'],
  [['en-419'], ''],
  [[], ''],
])('%j is at home in %s', (languages, country) => {
  expect(homeOf(languages)).toBe(country)
})

test.each([
  ['41', 2, '41', 2],
  ['415', 3, '(415)', 4],
  ['(415', 4, '(415)', 4],
  ['0170 1239', 7, '0170 1239', 7],
  ['01709 1234', 5, '0170 91234', 6],
  ['0049', 4, '+49', 3],
  ['0049 1', 4, '+49 1', 3],
  ['', 0, '', 0],
  ['5 55', 0, '555', 0],
])('%j with the caret at %i is %j with the caret at %i', (before, caret, after, place) => {
  expect(caretIn(before, caret, after)).toBe(place)
})
