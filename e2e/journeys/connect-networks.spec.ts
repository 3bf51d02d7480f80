// Every way through every network of bridge-flows, made from the data: one journey for each way to sign in and each profile of
// the wire, which takes all its branches one after the other. What it covered is noted for the table (rig/coverage-table.ts).
import { bridgeEntries } from '#simulator/bridge-flows'
import { walksOf } from '#simulator/walks'
import type { Walk } from '#simulator/walks'
import type { Wire } from '#simulator/wire'
import { coverageNote, flowNote, flowNoteOf, profiles } from '../rig/coverage-table.ts'
import type { Covered } from '../rig/coverage-table.ts'
import { expect, test } from '../rig/test.ts'
import { connecting, removeAccounts, takeWalk, whileNetworksAnswer } from './connect-roads.ts'
import { toCatalogue } from './connect-start.ts'

test.use({ scenario: 'ready', timeScale: 0 })

/** How a refusal reaches the app; taken in turn, so that each occurs in every network. */
const surfaces: readonly Wire['errorSurface'][] = ['session', 'http', 'bare']

for (const entry of bridgeEntries)
  for (const [flowIndex, flow] of entry.flows.entries())
    for (const [profileIndex, profile] of profiles.entries()) {
      const name = `${entry.bridge.id}/${flow.id}`
      const walks = walksOf(entry).filter(({ flowID }) => flowID === flow.id)
      const refused = walks.filter(({ end }) => end.kind === 'failed')
      const surfaceOf = (walk: Walk): Wire['errorSurface'] =>
        surfaces[(Math.max(0, refused.indexOf(walk)) + flowIndex + profileIndex) % surfaces.length] ?? 'session'
      test(
        `${entry.bridge.displayName}, ${flow.name ?? flow.id}, ${profile} wire: every branch`,
        { ...connecting, annotation: { type: flowNote, description: flowNoteOf(name, profile) } },
        async ({ desk, beeper }) => {
          await beeper.control.wire({ profile })
          const { app, window } = await toCatalogue(desk, beeper)
          // Every press waits until what it is meant for has come to rest; these are hundreds.
          await window.emulateMedia({ reducedMotion: 'reduce' })
          const visit = { app, window, beeper, entry, flow, profile }
          await removeAccounts(visit)
          const walked = new Set<string>()
          const kept = new Set<string>()
          for (const walk of walks) {
            const surface = surfaceOf(walk)
            await test.step(`${walk.aim ?? name}, refusals by ${surface}`, () =>
              whileNetworksAnswer(beeper, async () => {
                const trace = await takeWalk(visit, walk, surface)
                for (const edge of trace.walked) walked.add(edge)
                for (const edge of trace.kept) kept.add(edge)
              }))
          }
          expect((await beeper.control.snapshot()).bugs).toEqual([])
          const covered: Covered = { flow: name, profile, walked: [...walked], kept: [...kept] }
          test.info().annotations.push({ type: coverageNote, description: JSON.stringify(covered) })
        },
      )
    }
