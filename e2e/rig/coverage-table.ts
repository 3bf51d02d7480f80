// Prints what the journeys through the networks of bridge-flows covered, and fails the run where one was to cover something and
// did not: flows x branches x profile, counted from what the journeys really walked.
import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter'
import { edgesOf } from '#simulator/walks'

export const profiles = ['strict', 'rich'] as const
export type Profile = (typeof profiles)[number]

/** Which way a journey is about and on which wire, noted before it runs as an annotation of this type. */
export const flowNote = 'flow'
export const flowNoteOf = (flow: string, profile: Profile): string => `${flow} ${profile}`

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

/** Choosing some of the journeys: then only those have to cover what they are about. */
const narrowing = /^(?:-g|--grep|--shard|--last-failed|--only-changed)(?:=|$)/u

export default class CoverageTable implements Reporter {
  readonly #covered: Covered[] = []
  #isWanted = false
  /** What journeys were chosen for, where not all were. */
  #chosen: ReadonlySet<string> | undefined

  onBegin(_config: unknown, suite: Suite): void {
    const tests = suite.allTests().filter(({ location }) => location.file.endsWith('connect-networks.spec.ts'))
    this.#isWanted = tests.length > 0 && !process.argv.includes('--list')
    const notes = tests.flatMap(({ annotations }) => annotations.filter(({ type }) => type === flowNote))
    if (process.argv.some((argument) => narrowing.test(argument)))
      this.#chosen = new Set(notes.map(({ description = '' }) => description))
  }

  #isChosen(flow: string, profile: Profile): boolean {
    return this.#chosen?.has(flowNoteOf(flow, profile)) ?? true
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'passed') this.#covered.push(...notesOf(test))
  }

  printsToStdio(): boolean {
    return true
  }

  onEnd(): Promise<{ status?: FullResult['status'] }> {
    if (!this.#isWanted) return Promise.resolve({})
    const edges = edgesOf()
    const holes: string[] = []
    const flows = [...new Set(edges.map(flowOf))].filter((flow) => profiles.some((one) => this.#isChosen(flow, one)))
    let count = 0
    const rows = flows.map((flow) => {
      const own = edges.filter((edge) => flowOf(edge) === flow)
      count += own.length * profiles.filter((one) => this.#isChosen(flow, one)).length
      return [flow, String(own.length), ...profiles.map((profile) => this.#cell(own, flow, profile, holes))]
    })
    const head = ['network / flow', 'branches', ...profiles]
    const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)))
    const line = (row: readonly string[]): string =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
    const total = `${String(count - holes.length)} of ${String(count)} branches, ${String(holes.length)} holes`
    process.stdout.write(
      `\n${[head, ...rows].map(line).join('\n')}\n${total}\n${holes.map((hole) => `hole: ${hole}\n`).join('')}`,
    )
    return Promise.resolve(holes.length > 0 ? { status: 'failed' } : {})
  }

  #cell(edges: readonly string[], flow: string, profile: Profile, holes: string[]): string {
    if (!this.#isChosen(flow, profile)) return 'not run'
    const notes = this.#covered.filter((one) => one.flow === flow && one.profile === profile)
    const walked = new Set(notes.flatMap((one) => one.walked))
    const kept = new Set(notes.flatMap((one) => one.kept).filter((edge) => !walked.has(edge)))
    holes.push(...edges.filter((edge) => !walked.has(edge) && !kept.has(edge)).map((edge) => `${edge} (${profile})`))
    const walkedCount = edges.filter((edge) => walked.has(edge)).length
    return kept.size === 0 ? String(walkedCount) : `${String(walkedCount)} + ${String(kept.size)} kept back`
  }
}
