// Every way to sign in to every network of bridge-flows over real HTTP, where the server says only what is documented.
import { coverAll } from '../testing/connecting-coverage.ts'

coverAll('strict')
