// What every part of the demo phone uses: elements, sending, copying.
export const basics = String.raw`
'use strict'
const api = new URL('api/', location.href)
const $ = (id) => document.getElementById(id)
const view = $('view')
let world = null
let tab = location.hash.slice(1) || 'mail'
const views = {}
let drawn = ''

function el(tag, props, ...children) {
  const node = document.createElement(tag)
  for (const [key, value] of Object.entries(props || {})) {
    if (key === 'onclick') node.addEventListener('click', value)
    else if (value === true) node.setAttribute(key, '')
    else if (value !== false && value != null) node.setAttribute(key, value)
  }
  node.append(...children.flat().filter((child) => child != null && child !== false))
  return node
}
const card = (...children) => el('section', { class: 'card' }, ...children)
const button = (text, kind, onclick) => el('button', { class: kind || '', type: 'button', onclick }, text)
const clock = (ms) => new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
const avatar = (name) => el('span', { class: 'avatar', 'aria-hidden': 'true' }, [...name][0].toUpperCase())

async function send(command, body, done) {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(new URL(command, api), { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error((await answer.json()).message)
    if (done) toast(done)
  } catch (error) {
    toast(error.message)
  }
  await look()
}

let toastTimer = 0
function toast(text) {
  $('toast').textContent = text
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => { $('toast').textContent = '' }, 2600)
}

async function copy(text, output) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    getSelection().selectAllChildren(output)
    document.execCommand('copy')
  }
  toast('Copied')
}
function codeBox(text, label, spoken) {
  const output = el('output', { 'aria-label': label }, spoken || text)
  return el('div', { class: text.length > 9 ? 'code long' : 'code' }, output,
    button('Copy', 'main small', () => copy(text, output)))
}
function empty(icon, title, text) {
  const picture = document.querySelector('[data-tab=' + icon + '] svg').cloneNode(true)
  return el('div', { class: 'empty' }, picture, el('b', null, title), el('p', null, text))
}
`
