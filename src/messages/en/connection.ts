// Words of one connection: how it begins, goes on beside others, and ends.
import type { Advice } from '#contract/beeper/login-errors'
import type { WatchStatus } from '#contract/view-connect'
import { isolate, plural } from '../format.ts'
import { step } from './step.ts'

/** One sentence each, of what helps against a refusal. */
const advice: Readonly<Record<Advice, string>> = {
  'switch-on': 'Switch on linked devices or device pairing in the app on your phone, then start over.',
  'free-a-device': 'Remove a linked device in the app on your phone to make room, then start over.',
  wait: 'Too many tries in a short time. Give it some minutes, sometimes hours, then start over.',
  'phone-at-hand': 'Have your phone at hand, unlocked and online, with the app open, then start over.',
  'whole-number': 'Type the whole phone number, beginning with + and the code of your country.',
  'sign-up-first': 'Make an account in the network’s own app first, then start over.',
  'answer-there': 'Something waits for you on the network’s website or in its app. Answer it there, then start over.',
  'other-factor':
    'The network wants a proof that can’t be given here, such as a passkey. Add another second factor in its settings, then start over.',
  'other-way': 'This account may not sign in like this. Take another way, or another account.',
  update: 'Beeper is too old for this network. Get the new version, then connect it again.',
  'look-closely': 'Start over, and compare closely what you type, scan or tap.',
  'in-beeper': 'This one works only in Beeper itself. Open Beeper and add the network there.',
}

const watch: Readonly<Record<WatchStatus, string>> = {
  watching: 'Making sure that it stays connected…',
  settling: 'Still fetching your chats. That goes on by itself.',
  well: 'It stayed connected.',
  unseen: 'Beeper does not list the account yet. That can take some minutes, and comes by itself.',
  'fell-off': 'The account needs you again.',
}

export const connection = {
  connection: {
    title: (network: string) => `Connect ${isolate(network)}`,
    loading: 'Asking how you can sign in…',
    loadingSlow: 'The network is slow to answer. You can keep waiting, or go back and try later.',
    chooseTitle: (network: string) => `How do you want to sign in to ${isolate(network)}?`,
    chooseLead: 'All of these lead to the same place.',
    noFlows: 'There is no way to sign in to this network here. Try it in Beeper itself.',
    starting: (network: string) => `Getting in touch with ${isolate(network)}…`,
    busy: (network: string) => `Waiting for ${isolate(network)}…`,
    busySlow: (network: string) => `${isolate(network)} is taking its time. You can keep waiting, or go back.`,
    leave: 'Back to networks',
    again: 'Start over',
    keptNote: 'What you typed is filled in again, except passwords and codes.',
    showAll: 'Show all',
    showLess: 'Show less',
    link: {
      title: 'Open this page in your browser?',
      leadsTo: (host: string) => `It is a page of ${host}. Open it only if you expect that.`,
      stay: 'Stay here',
      open: 'Open in your browser',
    },
    otherWays: {
      title: 'Other ways to sign in',
      instead: (name: string) => `Use “${isolate(name)}” instead`,
      switchTitle: (name: string) => `Switch to “${isolate(name)}”?`,
      switchText: (network: string) =>
        `The sign-in to ${isolate(network)} that is under way ends. What you typed is kept, except passwords and codes.`,
      stay: 'Stay with this one',
      switch: 'Switch',
    },
    closesSoon: (minutes: number) =>
      minutes < 1
        ? 'This sign-in closes any moment now.'
        : plural('en', minutes, {
            one: 'This sign-in closes in about a minute.',
            other: 'This sign-in closes in about # minutes.',
          }),
    doneTitle: (network: string) => `${isolate(network)} is connected`,
    knownTitle: (network: string) => `${isolate(network)} is signed in afresh`,
    fellOffTitle: (network: string) => `${isolate(network)} fell off again`,
    doneLead: 'Your chats arrive in Beeper over the next few minutes.',
    knownLead: 'This account was connected already. Its sign-in is renewed, and nothing is there twice.',
    fellOffLead: 'It was connected for a moment, and then no more. Connecting it again often helps.',
    owner: 'Connected account',
    watch,
    connectAgain: 'Connect it again',
    another: 'Connect another network',
    failedTitle: (network: string) => `${isolate(network)} did not connect`,
    advice,
    noReason: 'It gave no reason. Start over, or take another way.',
    waitFirst: 'Give it some minutes before you start over.',
    getBeeper: 'Get the new version',
    interruptedTitle: (network: string) => `${isolate(network)} was not finished last time`,
    interruptedLead:
      'Drawbridge closed in the middle of it. Nothing was connected, and nothing is left behind: it begins afresh.',
    startAgain: 'Start again',
    notNow: 'Not now',
  },
  step,
}
