// Words of the first screen.
import { isolate, plural } from '../format.ts'

export const find = {
  find: {
    title: 'Let’s find your Beeper',
    lead: 'Drawbridge signs you in to Beeper and brings your chats together. First it needs to know where Beeper runs.',
    foundLabel: 'Beeper on this computer',
    foundCount: (count: number) => plural('en', count, { one: 'Found # Beeper', other: 'Found # Beepers' }),
    looking: 'Looking on this computer…',
    stillLooking: 'Still looking. New ones appear here by themselves.',
    version: (version: string) => `Version ${version}`,
    states: {
      'signed-out': 'Ready for you to sign in',
      'signed-in': 'Signed in already',
      'too-old': 'Too old for Drawbridge',
      'not-beeper': 'Something else answers here',
    },
    use: 'Continue',
    useNamed: (name: string) => `Continue with ${isolate(name)}`,
    update: 'Get the new version',
    updateNamed: (name: string) => `Get the new version of ${isolate(name)}`,
    opening: 'Opening…',
    emptyTitle: 'Beeper hasn’t answered yet',
    emptySteps: [
      'Open Beeper on this computer.',
      'In Beeper, open Settings, then Integrations.',
      'Switch on the Beeper Desktop API.',
    ],
    emptyNoticed: 'You can leave this window open. Beeper is noticed as soon as it answers.',
    getBeeper: 'Get Beeper',
    anotherAddress: 'Another address',
    addressLabel: 'Address of Beeper',
    addressHint: 'For Beeper on another port of this computer. The port alone is enough.',
    addressPlaceholder: 'http://127.0.0.1:23373',
    useAddress: 'Use this address',
    noBeeper: 'Just looking around?',
    tryDemo: 'Try the demo',
    demoStarting: 'Starting the demo…',
    demoSlow: 'The demo world is being built on this computer. This can take a few moments the first time.',
  },
}
