// Writes the TypeScript samples of the OpenAPI document (JSON on standard input) to sample-*.ts, to be compiled.
import { readFileSync, writeFileSync } from 'node:fs';

const { paths } = JSON.parse(readFileSync(0, 'utf8'));
for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
  const sample = operation['x-codeSamples'].find(({ lang }) => lang === 'typescript');
  writeFileSync(`sample-${operation.operationId}.ts`, sample.source);
}
