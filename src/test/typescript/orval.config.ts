import { defineConfig } from 'orval';

export default defineConfig({
  content: {
    input: '../../main/openapi/openapi.yaml',
    output: {
      target: 'orval/content.ts',
      client: 'fetch',
      override: { mutator: { path: 'orval-fetch.ts', name: 'fetchFromService' } },
    },
  },
});
