// How a sign-in may end, and end before it has begun.
import { disc } from '../media.ts'
import { flow, form, network, ok, type FlowInput, type NodeInput } from './parts.ts'

const nameField = { fields: [{ id: 'name', label: 'Name', type: 'username' }] }

const to = (id: string, name: string, end: NodeInput): FlowInput =>
  flow(id, name, 'form', {
    form: { step: { type: 'user_input', stepID: `lab.${id}`, ...nameField }, submit: [{ else: true, to: 'end' }] },
    end,
  })

const atOnce = (id: string, name: string, error: string): FlowInput =>
  flow(id, name, 'end', { end: { end: 'failed', error } })

const portrait = `data:image/png;base64,${disc(64, [214, 120, 36], [36, 60, 110]).toString('base64')}`

export const endings = network('endings', 'Every Ending', {
  people: {
    ada: {
      loginID: 'endings-ada',
      accountIDs: ['lab-endings_ba_ada'],
      user: {
        id: '@endings_ada:local',
        fullName: 'Ada Example',
        phoneNumber: '+14155550123',
        imgURL: portrait,
        isSelf: true,
      },
      text: 'Signed in as **Ada Example** (`+1 415 555 0123`)',
    },
    sam: {
      loginID: 'endings-sam',
      accountIDs: ['lab-endings_ba_sam', 'lab-endings_ba_sam_work'],
      user: { id: '@endings_sam:local', isSelf: true },
      text: 'Signed in with two accounts',
    },
  },
  errors: {
    refused: { code: 'COM.EXAMPLE.LAB.REFUSED', http: 400, text: 'The other side refused' },
    unauthorized: { code: 'COM.EXAMPLE.LAB.UNAUTHORIZED', http: 401, text: 'The network does not know this password' },
    busy: { code: 'COM.EXAMPLE.LAB.BUSY', http: 429, text: 'Too many attempts. Wait an hour' },
    detailed: {
      code: 'COM.EXAMPLE.LAB.DETAILED',
      http: 422,
      text: 'Three things are wrong:\n<b>first</b>, **second** and `third`. See https://chat.example.com/help',
      details: { attempt: 3, where: ['lab', { depth: 2 }] },
    },
    wordless: { code: '', http: 500, text: '' },
  },
  flows: [
    to('text-only', 'Nothing but a text', { ...ok, isBare: true }),
    to('picture', 'Somebody with a picture', ok),
    to('two-accounts', 'Two accounts without a name', { end: 'complete', person: 'sam' }),
    to('falls-off', 'An account that falls off again', { ...ok, falls: { seconds: 5, code: 'lab-signed-out' } }),
    to('slow', 'An end that takes twenty seconds', { ...ok, takes: '20 s' }),
    atOnce('at-once', 'Fails before it begins', 'refused'),
    atOnce('forbidden', 'Is not allowed at all', 'no_permission'),
    atOnce('too-many', 'Has too many accounts', 'too_many'),
    to('unauthorized', 'A 401 of the network (R26)', { end: 'failed', error: 'unauthorized' }),
    to('busy', 'A 429 of the network (R26)', { end: 'failed', error: 'busy' }),
    to('detailed', 'An error with details', { end: 'failed', error: 'detailed' }),
    to('wordless', 'An error without a word', { end: 'failed', error: 'wordless' }),
    form('unforeseen', 'An answer that nobody foresaw', nameField, [
      { field: 'name', is: 'ada@example.com', to: 'ok' },
    ]),
  ],
})
