// The main flow with orval's fetch client, against $BASE, and against a later version at $FUTURE.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { assertPicture, ended } from './check';
import { cancelJob, deleteImages, generateImages, getFile, getJob, type Job } from './orval/content';
import { service } from './orval-fetch';

service.base = process.env.BASE ?? service.base;

await deleteImages('rainy-day');
const headers = { 'Idempotency-Key': randomUUID() };
const first = await generateImages('rainy-day', undefined, { headers });
assert.ok(first.status === 202);
const again = await generateImages('rainy-day', undefined, { headers });
assert.ok(again.status === 202);
assert.equal(again.data.jobId, first.data.jobId);

const { jobId } = first.data;
let job: Job | undefined;
let tag = '';
while (!job || !ended(job)) {
  const answer = await getJob(jobId, { headers: tag ? { 'If-None-Match': tag, Prefer: 'wait=25' } : {} });
  if (answer.status === 200) job = answer.data;
  else assert.equal(answer.status, 304);
  tag = answer.headers.get('ETag') ?? '';
}
assert.equal(job.status, 'COMPLETED');
const unchanged = await getJob(jobId, { headers: { 'If-None-Match': tag } });
assert.equal(unchanged.status, 304);

for (const imageUrl of Object.values(job.imageUrls)) {
  const picture = await getFile(imageUrl.slice(imageUrl.lastIndexOf('/') + 1));
  assert.ok(picture.status === 200);
  await assertPicture(picture.data);
}

const reused = await generateImages('burger-anniversary', undefined, { headers });
assert.ok(reused.status === 422);
assert.equal(reused.data.code, 'CONTENT_006');
const unknown = await getJob(randomUUID());
assert.ok(unknown.status === 404);
assert.equal(unknown.data.code, 'CONTENT_002');
assert.match(unknown.data.message, /[가-힣]/);

service.base = process.env.FUTURE ?? '';
const later = await getJob(jobId);
assert.ok(later.status === 200);
assert.equal(later.data.status, 'ARCHIVED');
assert.deepEqual(later.data.styles.map(({ style, error }) => [style, error?.code]), [['cubist', undefined], ['simple', 'OUT_OF_PAINT']]);
assert.ok(later.data.imageUrls.cubist);
const refused = await cancelJob(jobId);
assert.ok(refused.status === 409);
assert.equal(refused.data.code, 'CONTENT_099');
