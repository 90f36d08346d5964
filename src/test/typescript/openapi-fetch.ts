// The main flow with openapi-typescript's types and openapi-fetch, against $BASE, and against a later version at $FUTURE.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import createClient from 'openapi-fetch';

import { assertPicture, ended } from './check';
import type { components, paths } from './openapi-fetch/schema';

type Job = components['schemas']['Job'];
type Problem = components['schemas']['Problem'];

const client = createClient<paths>({ baseUrl: process.env.BASE });
const GENERATE = '/api/content/images/{eventDraftId}/generate';
const JOB = '/api/content/images/jobs/{jobId}';
const draft = { eventDraftId: 'rainy-day' };

await client.DELETE('/api/content/images/{eventDraftId}', { params: { path: draft } });
const header = { 'Idempotency-Key': randomUUID() };
const first = await client.POST(GENERATE, { params: { path: draft, header } });
assert.equal(first.response.status, 202);
const again = await client.POST(GENERATE, { params: { path: draft, header } });
assert.ok(first.data && again.data);
assert.equal(again.data.jobId, first.data.jobId);

const path = { jobId: first.data.jobId };
let job: Job | undefined;
const headers: { 'If-None-Match'?: string; Prefer?: string } = {};
while (!job || !ended(job)) {
  const { data, response } = await client.GET(JOB, { params: { path, header: headers } });
  assert.ok([200, 304].includes(response.status), `${response.url} answered ${response.status}`);
  job = data ?? job;
  Object.assign(headers, { 'If-None-Match': response.headers.get('ETag'), Prefer: 'wait=25' });
}
assert.equal(job.status, 'COMPLETED');
const unchanged = await client.GET(JOB, { params: { path, header: { 'If-None-Match': headers['If-None-Match'] } } });
assert.equal(unchanged.response.status, 304);

for (const imageUrl of Object.values(job.imageUrls)) {
  const file = imageUrl.slice(imageUrl.lastIndexOf('/') + 1);
  const { data } = await client.GET('/api/content/images/files/{file}', { params: { path: { file } }, parseAs: 'blob' });
  assert.ok(data);
  await assertPicture(data);
}

const { error: reused } = await client.POST(GENERATE, { params: { path: { eventDraftId: 'burger-anniversary' }, header } });
assertProblem(reused, 'CONTENT_006');
const { error: unknown } = await client.GET(JOB, { params: { path: { jobId: randomUUID() } } });
assertProblem(unknown, 'CONTENT_002');

function assertProblem(problem: Problem | undefined, code: string) {
  assert.equal(problem?.code, code);
  assert.match(problem.message, /[가-힣]/);
}

// openapi-fetch does not parse events: it returns the stream.
const events = await client.GET('/api/content/images/jobs/{jobId}/events', { params: { path }, parseAs: 'stream' });
const text = await new Response(events.data).text();
assert.match(text, /^data:.*"status":"COMPLETED"/m);

const future = createClient<paths>({ baseUrl: process.env.FUTURE });
const later = await future.GET(JOB, { params: { path } });
assert.equal(later.data?.status, 'ARCHIVED');
assert.deepEqual(later.data.styles.map((style) => [style.style, style.error?.code]), [['cubist', undefined], ['simple', 'OUT_OF_PAINT']]);
assert.ok(later.data.imageUrls.cubist);
const refused = await future.DELETE(JOB, { params: { path } });
assert.equal(refused.error?.code, 'CONTENT_099');
