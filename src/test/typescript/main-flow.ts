// The main flow with hey-api's client, against $BASE, and against a later version at $FUTURE.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { assertPicture, ended } from './check';
import { client } from './client/client.gen';
import {
  cancelJob, deleteImage, deleteImages, followJob, generateImages, getFile, getImages, getJob, regenerateImage,
  type Job, type Problem,
} from './client';

client.setConfig({ baseUrl: process.env.BASE });

/** A sample of dev mode that nothing else asks for. */
const path = { eventDraftId: 'burger-anniversary' };

/** Ends the program where an answer is not what was expected; from here on, TypeScript knows what it is. */
function expected<T>(answer: { data?: T; error?: unknown; response: Response }, status: number): T {
  const { response } = answer;
  assert.equal(response.status, status, `${response.url} answered ${response.status}: ${JSON.stringify(answer.error)}`);
  return answer.data as T;
}

/** By its events. */
async function follow(jobId: string): Promise<Job[]> {
  const { stream } = await followJob({ path: { jobId }, sseMaxRetryAttempts: 1 });
  const events: Job[] = [];
  for await (const event of stream as AsyncIterable<unknown>) {
    if (event) events.push(event as Job);
  }
  return events;
}

/** By asking, and being kept waiting until there is something to say. */
async function poll(jobId: string): Promise<Job> {
  let answer = await getJob({ path: { jobId } });
  let job = expected(answer, 200);
  while (!ended(job)) {
    const tag = answer.response.headers.get('ETag') ?? '';
    answer = await getJob({ path: { jobId }, headers: { Prefer: 'wait=25', 'If-None-Match': tag } });
    assert.equal(answer.response.headers.get('Preference-Applied'), 'wait=25');
    if (answer.response.status !== 304) {
      assert.notEqual(answer.response.headers.get('ETag'), tag);
      job = expected(answer, 200);
    }
  }
  assert.equal(answer.response.headers.get('Retry-After'), null);
  const same = await getJob({ path: { jobId }, headers: { 'If-None-Match': answer.response.headers.get('ETag') ?? '' } });
  assert.equal(same.response.status, 304);
  return job;
}

async function isImage(imageUrl: string) {
  const file = new URL(imageUrl).pathname.split('/').pop() ?? '';
  const answer = await getFile({ path: { file }, parseAs: 'blob' });
  await assertPicture(expected(answer, 200));
  assert.match(answer.response.headers.get('Cache-Control') ?? '', /immutable/);
}

// Start a job, whatever ran before. A duplicate request gets the same job.
expected(await deleteImages({ path }), 204);
const tap = { path, headers: { 'Idempotency-Key': randomUUID() } };
const first = await generateImages(tap);
const { jobId } = expected(first, 202);
assert.equal(new URL(first.response.headers.get('Location') ?? '').pathname, `/api/content/images/jobs/${jobId}`);
assert.ok(Number(first.response.headers.get('Retry-After')) > 0);
const again = await generateImages(tap);
assert.equal(expected(again, 202).jobId, jobId);
assert.equal(again.response.headers.get('Idempotent-Replayed'), 'true');
console.log('ok one job for the same tap twice');

// Read its events to the last one.
const events = await follow(jobId);
const last = events.at(-1);
assert.ok(last && ended(last), 'the events stopped too early');
assert.ok(events.slice(0, -1).every((job) => !ended(job)), 'the events went on after the end');
assert.equal(last.status, 'COMPLETED');
assert.deepEqual(Object.keys(last.imageUrls).sort(), ['fancy', 'simple', 'trendy']);
console.log(`ok ${events.length} events up to the end`);

// Get the images.
const gallery = expected(await getImages({ path }), 200);
assert.equal(gallery.outdated, false);
assert.deepEqual(gallery.imageUrls, last.imageUrls);
for (const image of gallery.images) {
  await isImage(image.imageUrl);
}
console.log(`ok ${gallery.images.length} pictures`);

// Regenerate one of them, this time with long polls.
const regenerated = expected(await regenerateImage({ path: { ...path, style: 'fancy' } }), 202);
assert.notEqual(regenerated.jobId, jobId);
const fancy = await poll(regenerated.jobId);
assert.equal(fancy.status, 'COMPLETED');
assert.deepEqual(fancy.styles.map((style) => style.style), ['fancy']);
const redrawn = expected(await getImages({ path }), 200).imageUrls;
assert.notEqual(redrawn.fancy, gallery.imageUrls.fancy);
assert.equal(redrawn.simple, gallery.imageUrls.simple);
console.log('ok one picture anew');

// Cancel a running job. A second cancellation changes nothing, and a completed job cannot be cancelled.
const unwanted = expected(await generateImages({ path, query: { force: true } }), 202);
assert.equal(expected(await cancelJob({ path: { jobId: unwanted.jobId } }), 200).status, 'CANCELLED');
assert.equal(expected(await cancelJob({ path: { jobId: unwanted.jobId } }), 200).status, 'CANCELLED');
const tooLate = await cancelJob({ path: { jobId } });
expected(tooLate, 409);
assert.equal(tooLate.error?.code, 'CONTENT_005');
console.log('ok cancelled');

// Delete one image, then all.
expected(await deleteImage({ path: { ...path, style: 'simple' } }), 204);
assert.equal(expected(await getImages({ path }), 200).imageUrls.simple, undefined);
expected(await deleteImages({ path }), 204);
const gone = await getImages({ path });
expected(gone, 404);
assert.equal(gone.error?.code, 'CONTENT_003');
console.log('ok deleted');

// Errors have a code for programs and a message for people.
const unknown = await getJob({ path: { jobId: randomUUID() } });
expected(unknown, 404);
const problem: Problem | undefined = unknown.error;
assert.equal(problem?.code, 'CONTENT_002');
assert.match(problem.message, /[가-힣]/);
const reused = await generateImages({ ...tap, path: { eventDraftId: 'spring-latte' } });
expected(reused, 422);
assert.equal(reused.error?.code, 'CONTENT_006');
console.log('ok problems');

// A later version has values and members that this client does not know.
client.setConfig({ baseUrl: process.env.FUTURE });
const later = expected(await getJob({ path: { jobId } }), 200);
assert.equal(later.status, 'ARCHIVED');
assert.deepEqual(later.styles.map(({ style, error }) => [style, error?.code]), [['cubist', undefined], ['simple', 'OUT_OF_PAINT']]);
assert.ok(later.imageUrls.cubist);
assert.deepEqual((await follow(jobId)).map((job) => job.status), ['ARCHIVED']);
const refused = await cancelJob({ path: { jobId } });
expected(refused, 409);
assert.equal(refused.error?.code, 'CONTENT_099');
console.log('ok later versions');
