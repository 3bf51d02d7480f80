// The plain list of commands, apart from their decoders so that the preload stays free of zod. `commands.ts` does not
// compile unless it has a row for each name and no others.
export const commandNames = [
  'app.view',
  'app.go',
  'app.openPhone',
  'app.openPage',
  'find.use',
  'find.useAddress',
  'find.startDemo',
  'find.leave',
  'account.sendCode',
  'account.submitCode',
  'account.changeAddress',
  'account.register',
  'account.authorise',
  'account.cancelAuthorise',
  'account.retryKeychain',
  'account.keepForThisRun',
  'account.signInAgain',
  'security.createRecoveryKey',
  'security.copyRecoveryKey',
  'security.saveRecoveryKey',
  'security.confirmRecoveryKey',
  'security.unlock',
  'networks.refresh',
  'connect.open',
  'connect.choose',
  'connect.submit',
  'connect.leave',
  'connect.again',
] as const

export type CommandName = (typeof commandNames)[number]
