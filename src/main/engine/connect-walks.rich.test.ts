// Every way to sign in to every network of bridge-flows over real HTTP, where the server says more than is documented.
import { coverAll } from '../testing/connecting-coverage.ts'

coverAll('rich')
