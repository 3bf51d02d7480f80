// Networks that do not exist yet: what a server may send that has never been seen. Adding one is adding an entry to this list;
// it is decoded like those of bridge-flows, and its walks are walked with theirs.
import { decodeEntry, type BridgeEntry } from '../bridge-flows.ts'
import { displays, words } from './displays.ts'
import { endings } from './endings.ts'
import { fields, gallery, patterns } from './forms.ts'
import { identifiers, oneWay, patience, twelve, unheardOf, website } from './steps.ts'

export const laboratoryEntries: readonly BridgeEntry[] = [
  fields,
  gallery,
  patterns,
  displays,
  words,
  unheardOf,
  identifiers,
  website,
  patience,
  oneWay,
  twelve,
  endings,
].map(decodeEntry)
