// Words of the forms that networks ask to be filled in.

export const form = {
  form: {
    inputLead: 'Fill this in as the network asks.',
    submit: 'Continue',
    submitting: 'Sending…',
    needed: 'This one is needed.',
    optional: 'optional',
    showSecret: 'Show what I type',
    rejectedTitle: 'That was not accepted',
    rejected: 'Check what you typed and try once more.',
  },
}
