// The draft that the cards show, and the jobs that fill them.
import { getImages } from './api.js';
import * as cards from './cards.js';
import { follow, hasEnded } from './follow.js';
import * as notices from './notices.js';
import * as outage from './outage.js';
import * as pictures from './pictures.js';
import { say } from './words.js';

let draft = null;
let event = { title: '', text: '' };
/** By id: what was seen last, null at first; which cards it fills; how to stop following it, or that it could not be followed. */
const jobs = new Map();
/** What a job that is gone, or never was, is answered with. With anything else it may still run. */
const NO_JOB = [400, 404, 410];
/** Whether the address has been read; it must not be written before. */
let hasResumed = false;
let changed;
let failed;

/**
 * @param onChange is called after each change, with the job if it is the first time that it was seen
 * @param onFailure is called with a failure to show, and with what can be tried again
 */
export function build(onChange, onFailure) {
  changed = onChange;
  failed = onFailure;
  outage.build(() => waiting().map(({ jobId }) => jobId), see);
}

export const shownDraft = () => draft;

export const shownEvent = () => event;

export const isFollowed = (jobId) => jobs.has(jobId);

export const running = () => [...jobs.values()].filter(({ job, isLeft }) => !isLeft && !(job && hasEnded(job)));

const waiting = () => running().filter(({ job }) => job?.detail);

export const latest = () => [...jobs.values()].filter(({ job }) => job).at(-1)?.job;

/** @param itsEvent its title and text, which images are named by */
export function show(itsDraft, itsEvent) {
  jobs.forEach(({ stop }) => stop());
  jobs.clear();
  outage.forget();
  notices.remove('lost');
  draft = itsDraft;
  event = itsEvent;
  cards.reset(event.title);
}

export function followJob(jobId, styles, isResumed = false) {
  if (jobs.has(jobId) && running().includes(jobs.get(jobId))) {
    return;
  }
  const entry = { jobId, styles, isResumed, job: null, isLost: false, isLeft: false };
  jobs.set(jobId, entry);
  entry.stop = follow(jobId, {
    see,
    lost: (isLost) => {
      if (entry.isLost && !isLost) {
        pictures.loadMissing();
      }
      entry.isLost = isLost;
      showWhetherLost();
    },
    failed: (problem) => {
      // The address keeps a job that may still run.
      Object.assign(entry, { job: null, isLeft: true });
      if (NO_JOB.includes(problem.status)) {
        jobs.delete(jobId);
      }
      cards.leave(jobId);
      if (waiting().length === 0) {
        outage.forget();
      }
      showWhetherLost();
      if ([404, 410].includes(problem.status)) {
        showGallery(problem);
      } else {
        failed(problem);
      }
    },
  });
}

function showWhetherLost() {
  if (navigator.onLine && running().some(({ isLost }) => isLost)) {
    notices.show('lost', () => ({ tone: 'wait', message: say('reconnecting'), hint: say('reconnectingHint') }));
  } else {
    notices.remove('lost');
  }
}

export function see(job) {
  const entry = jobs.get(job.jobId);
  if (!entry) {
    return;
  }
  const isFirst = entry.job === null;
  entry.job = job;
  if (isFirst && entry.isResumed && job.styles.some(({ imageUrl }) => imageUrl)) {
    showPresentImages(entry.styles);
  }
  for (const task of job.styles) {
    if (entry.styles.includes(task.style) && isNewest(task.style, job)) {
      cards.see(task.style, task, job);
    }
  }
  outage.see(job);
  if (running().length === 0) {
    outage.forget();
  }
  showWhetherLost();
  changed(isFirst ? job : undefined);
}

/** A card belongs to the newest job of its style; an older one may still send its events. */
function isNewest(style, job) {
  const { owner } = cards.card(style);
  return !owner || owner.jobId === job.jobId || owner.createdAt <= job.createdAt;
}

/**
 * After a reload: a job tells for ever what it made, also if that has been deleted or replaced since. If the gallery cannot
 * be read, what the job tells stays.
 */
async function showPresentImages(styles) {
  const asked = draft;
  let images;
  try {
    ({ images } = (await getImages(asked)).body);
  } catch (failure) {
    if (failure.status !== 404) {
      return;
    }
    images = [];
  }
  if (asked !== draft) {
    return;
  }
  for (const style of styles) {
    const { status, imageUrl } = cards.card(style);
    const present = images.find((image) => image.style === style);
    if (present && ['COMPLETED', 'CANCELLED'].includes(status) && present.imageUrl !== imageUrl) {
      cards.seeStored(present);
    } else if (!present && status === 'COMPLETED') {
      cards.clear(style);
    }
  }
  changed();
}

/** Images outlive the record of their job. */
async function showGallery(problem) {
  const asked = draft;
  try {
    const { images } = (await getImages(asked)).body;
    if (asked !== draft) {
      return;
    }
    images.filter(({ style }) => cards.STYLES.includes(style)).forEach(cards.seeStored);
    changed();
  } catch (failure) {
    if (asked === draft) {
      failed(failure.status === 404 && problem ? problem : failure, async () => asked === draft && showGallery(problem));
    }
  }
}

/** Writes into the address which jobs fill which cards, so that a reload goes on where it was. */
export function remember() {
  if (!hasResumed) {
    return;
  }
  const filled = new Map();
  for (const style of cards.STYLES) {
    const jobId = cards.card(style).owner?.jobId;
    filled.set(jobId, [...filled.get(jobId) ?? [], style]);
  }
  filled.delete(undefined);
  [...jobs.values()].filter(({ job }) => !job).forEach(({ jobId, styles }) => filled.set(jobId, styles));
  const address = new URL(location);
  address.search = '';
  if (filled.size > 0 || cards.images().length > 0) {
    address.searchParams.set('draft', draft);
    filled.forEach((styles, jobId) => address.searchParams.append('job', [jobId, ...styles].join('~')));
  }
  if (address.href !== location.href) {
    history.replaceState(null, '', address);
  }
}

/** The draft in the address, or null. */
export const wanted = () => new URL(location).searchParams.get('draft');

/** Goes on with what the address names. */
export function resume(itsEvent) {
  hasResumed = true;
  if (wanted() === null) {
    return;
  }
  show(wanted(), itsEvent ?? { title: wanted(), text: '' });
  const named = new URL(location).searchParams.getAll('job');
  for (const each of named) {
    const [jobId, ...styles] = each.split('~');
    followJob(jobId, styles, true);
  }
  if (named.length === 0) {
    showGallery();
  }
}
