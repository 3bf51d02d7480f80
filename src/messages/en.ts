// English: every word that the app says. Its type is the type of the other languages.
import { connect } from './en/connect.ts'
import { connection } from './en/connection.ts'
import { find } from './en/find.ts'
import { form } from './en/form.ts'
import { home } from './en/home.ts'
import { keychain } from './en/keychain.ts'
import { native } from './en/native.ts'
import { problems } from './en/problems.ts'
import { running } from './en/running.ts'
import { secure } from './en/secure.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { signIn } from './en/sign-in.ts'
import { verification } from './en/verification.ts'

export const en = {
  locale: 'en',
  ...shell,
  ...find,
  ...signIn,
  ...keychain,
  ...secure,
  ...verification,
  ...connect,
  ...connection,
  ...form,
  ...running,
  ...home,
  ...settings,
  problems,
  native,
}

export type Messages = typeof en
