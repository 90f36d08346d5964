// While the image API is not available, a job's `detail` says so, and Retry-After when the job goes on.
import { getJob, NoResponse } from './api.js';
import { hasEnded } from './follow.js';
import * as notices from './notices.js';
import { say } from './words.js';

/** Until it is known when the job goes on, the service is asked again after this. */
const AGAIN_SECONDS = 5;

/** When the image API is asked again, on this device's clock; null while it answers. */
let waitsUntil = null;
/** The `detail` that was seen last: with another one, the time is another one too. */
let seen;
let timer;
/** Only the answer to the latest question counts. */
let questions = 0;
let waiting;
let again;

const isOn = () => waitsUntil !== null;

/**
 * @param theWaiting returns the ids of the jobs that wait for the image API
 * @param seeAgain is called with a job when it has been asked for again
 */
export function build(theWaiting, seeAgain) {
  [waiting, again] = [theWaiting, seeAgain];
  addEventListener('online', () => isOn() && ask());
}

export function see(job) {
  if (job.detail && !hasEnded(job)) {
    notices.show('outage', () => ({ tone: 'wait', message: job.detail, korean: true, hint: countdown(), countdown: true }));
    notices.remove('back');
    if (!isOn() || job.detail !== seen) {
      seen = job.detail;
      waitsUntil ??= performance.now();
      ask();
    }
  } else if (isOn() && waiting().length === 0) {
    forget();
    if (!hasEnded(job)) {
      notices.show('back', () => ({ tone: 'good', message: say('back') }));
    }
  }
}

export function forget() {
  waitsUntil = null;
  questions += 1;
  clearTimeout(timer);
  notices.remove('outage', 'back');
}

/** The stream has an event when the waiting begins and when it ends; the time is in the header. */
async function ask() {
  clearTimeout(timer);
  const question = ++questions;
  const [jobId] = waiting();
  if (!jobId) {
    forget();
    return;
  }
  let answer;
  try {
    answer = await getJob(jobId);
  } catch (failure) {
    answer = failure;
  }
  if (question !== questions) {
    return;
  }
  if (answer.body) {
    const seconds = Math.max(1, answer.retryAfter);
    waitsUntil = performance.now() + seconds * 1000;
    seen = answer.body.detail;
    askIn(seconds);
    again(answer.body);
  } else if (answer.isTemporary || (answer instanceof NoResponse && navigator.onLine)) {
    askIn(answer.retryAfter || AGAIN_SECONDS);
  } else {
    // Whoever follows the job learns what became of it; its next event asks again.
    seen = undefined;
  }
}

function askIn(seconds) {
  timer = setTimeout(ask, seconds * 1000);
}

function countdown() {
  const n = Math.ceil((waitsUntil - performance.now()) / 1000);
  return n > 1 ? say('waiting', { n }) : say('probing');
}
