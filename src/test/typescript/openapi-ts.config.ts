import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../../main/openapi/openapi.yaml',
  output: { path: 'client', importFileExtension: '.js' },
  logs: { level: 'warn', file: false },
  plugins: [
    '@hey-api/client-fetch',
    '@hey-api/sdk',
    {
      name: '@hey-api/typescript',
      '~resolvers': {
        // Values of which more may come stay listed for the editor: TypeScript takes `'a' | string` for `string`.
        union: ({ $, childResults, schemas }) =>
          schemas.length === 2 && schemas[0]?.type === 'enum' && schemas[1]?.type === 'string'
            ? $.type.or(childResults[0]!.type, $.type.and('string', $.type.object()))
            : undefined,
      },
    },
  ],
});
