import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../../main/openapi/openapi.yaml',
  output: { path: 'client', importFileExtension: '.js' },
  logs: { level: 'warn', file: false },
  plugins: ['@hey-api/client-fetch', '@hey-api/sdk', '@hey-api/typescript'],
});
