// Every screen as a fixed View, with the variants that look different. Gallery, screenshots and tests draw these.
import type { View } from '#contract/view'
import { connectViews } from './connect-views.ts'
import { displayViews } from './display-views.ts'
import { findViews } from './find-views.ts'
import { formViews } from './form-views.ts'
import { homeViews } from './home-views.ts'
import { secureViews } from './secure-views.ts'
import { signInViews } from './sign-in-views.ts'
import { verificationViews } from './verification-views.ts'
import { allScreens } from '../screens/index.ts'

export { connectionView, form, qr, stepStage } from './connect-views.ts'
export { viewWith } from './view-with.ts'

export const views = {
  ...findViews,
  ...signInViews,
  ...secureViews,
  ...verificationViews,
  ...connectViews,
  ...formViews,
  ...displayViews,
  ...homeViews,
} satisfies Record<string, View>

// Each View is drawn at once, the first as well.
await allScreens

export type ViewName = keyof typeof views
export const viewNames = Object.keys(views) as ViewName[]
