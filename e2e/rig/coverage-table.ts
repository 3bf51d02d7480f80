// Prints what the journeys through the networks of bridge-flows covered, and fails the run where one was to cover something and
// did not: flows x branches x profile, counted from what the journeys really walked.
import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter'
import { edgesOf } from '#simulator/walks'

export const profiles = ['strict', 'rich'] as const
export type Profile = (typeof profiles)[number]

/** Which way a journey is about, noted before it runs as an annotation of this type. */
export const flowNote = 'flow'

/** What one journey covered, noted as an annotation of this type. */
export const coverageNote = 'covers'

export interface Covered {
  /** Bridge and flow, as the edges begin. */
  readonly flow: string
  readonly profile: Profile
  readonly walked: readonly string[]
  /** Edges that a person cannot take, because the app does not send what the edge is about; it was seen not to. */
  readonly kept: readonly string[]
}

const notesOf = ({ annotations }: Pick<TestCase, 'annotations'>): readonly Covered[] =>
  annotations
    .filter(({ type }) => type === coverageNote)
    // Written by the journeys of this rig alone.
    .map(({ description = '' }) => JSON.parse(description) as Covered)

const flowOf = (edge: string): string => edge.split('/').slice(0, 2).join('/')

export default class CoverageTable implements Reporter {
  readonly #covered: Covered[] = []
  #edges: readonly string[] = []

  onBegin(_config: unknown, suite: Suite): void {
    const tests = suite.allTests().filter(({ location }) => location.file.endsWith('connect-networks.spec.ts'))
    if (tests.length === 0) return
    // Who chose some of the journeys by name gets the table of those; a run of all has to cover all.
    const chosen = new Set(
      tests
        .flatMap(({ annotations }) => annotations.filter(({ type }) => type === flowNote))
        .map(({ description }) => description),
    )
    const isNarrowed = process.argv.some((argument) => /^(?:-g|--grep)\b/u.test(argument))
    this.#edges = edgesOf().filter((edge) => !isNarrowed || chosen.has(flowOf(edge)))
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'passed') this.#covered.push(...notesOf(test))
  }

  printsToStdio(): boolean {
    return true
  }

  onEnd(): Promise<{ status?: FullResult['status'] }> {
    const edges = this.#edges
    if (edges.length === 0) return Promise.resolve({})
    const holes: string[] = []
    const rows = [...new Set(edges.map(flowOf))].map((flow) => {
      const own = edges.filter((edge) => flowOf(edge) === flow)
      return [flow, String(own.length), ...profiles.map((profile) => this.#cell(own, flow, profile, holes))]
    })
    const head = ['network / flow', 'branches', ...profiles]
    const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)))
    const line = (row: readonly string[]): string =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
    const total = `${String(edges.length * profiles.length - holes.length)} of ${String(edges.length * profiles.length)} branches, ${String(holes.length)} holes`
    process.stdout.write(
      `\n${[head, ...rows].map(line).join('\n')}\n${total}\n${holes.map((hole) => `hole: ${hole}\n`).join('')}`,
    )
    return Promise.resolve(holes.length > 0 ? { status: 'failed' } : {})
  }

  #cell(edges: readonly string[], flow: string, profile: Profile, holes: string[]): string {
    const notes = this.#covered.filter((one) => one.flow === flow && one.profile === profile)
    const walked = new Set(notes.flatMap((one) => one.walked))
    const kept = new Set(notes.flatMap((one) => one.kept).filter((edge) => !walked.has(edge)))
    holes.push(...edges.filter((edge) => !walked.has(edge) && !kept.has(edge)).map((edge) => `${edge} (${profile})`))
    const walkedCount = edges.filter((edge) => walked.has(edge)).length
    return kept.size === 0 ? String(walkedCount) : `${String(walkedCount)} + ${String(kept.size)} kept back`
  }
}
