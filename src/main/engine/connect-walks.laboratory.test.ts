// Every way to sign in to networks that do not exist yet, over real HTTP: what a server may send that nobody has ever seen.
import { laboratoryEntries } from '#simulator/laboratory/register'
import { coverAll } from '../testing/connecting-coverage.ts'

for (const profile of ['strict', 'rich'] as const) coverAll(profile, laboratoryEntries, 'laboratory')
