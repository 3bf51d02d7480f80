import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: './contract/openapi.yaml',
  output: { path: './src/contract/beeper/gen', clean: true, entryFile: false },
  plugins: ['@hey-api/typescript', 'zod'],
  logs: { file: false },
})
