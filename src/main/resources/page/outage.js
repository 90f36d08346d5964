// While the image API is not available, a job's `detail` says so, and Retry-After when the job goes on.
import { getJob } from './api.js';
import { hasEnded } from './follow.js';
import * as notices from './notices.js';
import { say } from './words.js';

/** When the image API is asked again, on this device's clock; null while it answers. */
let waitsUntil = null;
/** The `detail` that was seen last: with another one, the time is another one too. */
let seen;
let timer;

const isOn = () => waitsUntil !== null;

/**
 * @param others the states of the other jobs that run
 * @param again is called with the job when it has been asked for again
 */
export function see(job, others, again) {
  if (job.detail) {
    notices.show('outage', () => ({ tone: 'wait', message: job.detail, korean: true, hint: countdown(), countdown: true }));
    notices.remove('back');
    if (!isOn() || job.detail !== seen) {
      seen = job.detail;
      waitsUntil ??= performance.now();
      ask(job.jobId, again);
    }
  } else if (isOn() && others.every(({ detail }) => !detail)) {
    forget();
    if (!hasEnded(job)) {
      notices.show('back', () => ({ tone: 'good', message: say('back') }));
    }
  }
  if (hasEnded(job) && others.length === 0) {
    forget();
  }
}

export function forget() {
  waitsUntil = null;
  clearTimeout(timer);
  notices.remove('outage', 'back');
}

/** The stream has an event when the waiting begins and when it ends; the time is in the header. */
async function ask(jobId, again) {
  const { body, retryAfter } = await getJob(jobId).catch(() => ({ retryAfter: 0 }));
  if (!isOn()) {
    return;
  }
  const seconds = Math.max(1, retryAfter);
  waitsUntil = performance.now() + seconds * 1000;
  clearTimeout(timer);
  timer = setTimeout(() => ask(jobId, again), seconds * 1000);
  if (body) {
    seen = body.detail;
    again(body);
  }
}

function countdown() {
  const n = Math.ceil((waitsUntil - performance.now()) / 1000);
  return n > 1 ? say('waiting', { n }) : say('probing');
}
