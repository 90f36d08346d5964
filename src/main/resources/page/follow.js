// Follows a job by its events until it has ended, through everything that can happen to the stream.
import { eventsOf, getJob, NoResponse } from './api.js';

const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];
const AGAIN_MILLIS = 2000;
/** Over HTTP/1.1 a browser has six connections to the service, for all tabs: further jobs are asked for in turn. */
const MOST_STREAMS = 1;

let streams = 0;

export const hasEnded = (job) => ENDED.includes(job.status);

/**
 * @param see is called with each state of the job; the last has ended
 * @param lost is called with true when the connection is lost, and with false when it is back
 * @param failed is called with the problem if the job cannot be followed any more
 * @returns a function that stops it
 */
export function follow(jobId, { see, lost, failed }) {
  let source;
  let timer;
  let stopped = false;

  const close = () => {
    clearTimeout(timer);
    if (source) {
      source.close();
      source = null;
      streams -= 1;
    }
  };

  const stop = () => {
    stopped = true;
    close();
    removeEventListener('online', open);
  };

  function show(job) {
    if (hasEnded(job)) {
      stop();
    }
    see(job);
  }

  function open() {
    close();
    if (streams >= MOST_STREAMS) {
      timer = setTimeout(ask, AGAIN_MILLIS);
      return;
    }
    streams += 1;
    source = new EventSource(eventsOf(jobId));
    source.onopen = () => lost(false);
    source.onmessage = (event) => show(JSON.parse(event.data));
    // The stream ends before the job does. EventSource connects again by itself; GONE is answered 404 then.
    source.addEventListener('end', (event) => see(JSON.parse(event.data)));
    source.onerror = () => {
      if (stopped) {
        return;
      }
      lost(true);
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(ask, AGAIN_MILLIS);
      }
    };
  }

  /** An EventSource does not tell why it was refused. */
  async function ask() {
    try {
      const { body } = await getJob(jobId);
      if (stopped) {
        return;
      }
      lost(false);
      show(body);
      if (!stopped) {
        open();
      }
    } catch (failure) {
      if (stopped) {
        return;
      }
      if (failure instanceof NoResponse || failure.isTemporary) {
        lost(true);
        timer = setTimeout(ask, failure.retryAfter ? failure.retryAfter * 1000 : AGAIN_MILLIS);
      } else {
        stop();
        failed(failure);
      }
    }
  }

  addEventListener('online', open);
  open();
  return stop;
}
