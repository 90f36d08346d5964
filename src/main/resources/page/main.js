// The page: what a tap does, and what the person sees of it.
import * as api from './api.js';
import * as cards from './cards.js';
import * as channels from './channels.js';
import * as form from './form.js';
import * as jobs from './jobs.js';
import * as notices from './notices.js';
import * as pictures from './pictures.js';
import * as preview from './preview.js';
import * as standIn from './standin.js';
import { choose, firstLanguage, say, todo, use } from './words.js';

const element = (id) => document.getElementById(id);

/** Whether there is a form, and what the address names. */
let isStarted = false;
/** Taps that make images are counted: a late answer must not take the screen from that of a later one. */
let taps = 0;
let shownBy = 0;

// --- What a tap does

async function generate(force) {
  if (!form.isComplete()) {
    return;
  }
  const [chosen, key] = [form.chosen(), api.newKey()];
  await attempt(async () => {
    const tap = ++taps;
    element('status').textContent = say('sending');
    const draft = await form.draftOf(chosen);
    const accepted = await api.generate(draft, force, key);
    // Only now: if the request fails, what is on the screen stays, a running job among it.
    if (draft !== jobs.shownDraft()) {
      if (tap < shownBy) {
        return;
      }
      jobs.show(draft, chosen.event);
    }
    shownBy = Math.max(tap, shownBy);
    follow(accepted, cards.STYLES);
  });
  // On a phone the cards are below the form.
  if (element('cards').getBoundingClientRect().top > innerHeight / 2) {
    element('result-title').scrollIntoView({ block: 'start' });
  }
}

async function regenerate(style) {
  const [draft, key] = [jobs.shownDraft(), api.newKey()];
  await attempt(async () => {
    const accepted = await api.regenerate(draft, style, key);
    if (draft === jobs.shownDraft()) {
      follow(accepted, [style]);
    }
  });
}

function follow({ body, replayed }, styles) {
  if (replayed) {
    note('replayed');
  } else if (jobs.isFollowed(body.jobId)) {
    note('sameJob');
  }
  jobs.followJob(body.jobId, styles);
}

/** All of them: that one has just ended is no news if another one was cancelled. */
const cancel = () => attempt(async () => {
  const answers = await Promise.allSettled(jobs.running().map(({ jobId }) => api.cancelJob(jobId)));
  const cancelled = answers.filter(({ status }) => status === 'fulfilled');
  cancelled.forEach(({ value }) => jobs.see(value.body));
  const failures = answers.map(({ reason }) => reason).filter(Boolean);
  const failure = failures.find(({ status }) => status !== 404 && status !== 409);
  if (failure || cancelled.length === 0 && failures.length > 0) {
    throw failure ?? failures[0];
  }
});

async function remove(style) {
  const draft = jobs.shownDraft();
  await attempt(async () => {
    await api.deleteImage(draft, style);
    if (draft === jobs.shownDraft()) {
      cards.clear(style);
      note('deleted', { style: say(style) });
      cards.card(style).element.querySelector('[data-action=regenerate]').focus();
    }
  });
}

/** Runs what a tap asks for. Each can be sent again if no response came: with its key, or because it changes nothing more. */
async function attempt(run) {
  notices.remove('problem', 'note', 'not-sent');
  try {
    await run();
  } catch (failure) {
    showFailure(failure, () => attempt(run));
  }
  render();
}

/** Until there is a form, and what the address names, a press would have nothing to send: only this goes on from here. */
async function start() {
  notices.remove('start');
  let event;
  try {
    event = await form.build(jobs.wanted());
  } catch (failure) {
    showFailure(failure, start, 'start');
    return;
  }
  if (isStarted) {
    return;
  }
  isStarted = true;
  jobs.resume(event);
  speak(firstLanguage());
  element('generate').disabled = false;
  if (standIn.isThere()) {
    await attempt(() => standIn.build(attempt));
  }
}

async function copy(style) {
  const { address } = cards.images().find((image) => image.style === style);
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    // The clipboard is for secure contexts only, and a phone in the LAN is none.
    const field = Object.assign(document.createElement('textarea'), { value: address });
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    focused.focus();
  }
  note('copied');
}

// --- What the person sees

function note(word, values) {
  notices.show('note', () => ({ tone: 'info', message: say(word, values) }));
}

/**
 * @param again sends the request again, if that may help
 * @param kind of a notice that stays until the request has worked; else each further tap removes it
 */
function showFailure(failure, again, kind) {
  const action = again && { word: 'sendAgain', run: again };
  const stays = Boolean(kind);
  if (failure instanceof api.Problem) {
    notices.show(kind ?? 'problem', () => ({
      tone: 'bad',
      stays,
      message: failure.message || say('notDone'),
      korean: failure.message !== '',
      hint: failure.code || !failure.isTemporary ? todo(failure.code) : say('notDoneHint'),
      small: failure.requestId && say('requestId', { id: failure.requestId }),
      action: failure.isTemporary || stays ? action : undefined,
    }));
  } else if (failure instanceof api.NoResponse) {
    notices.show(kind ?? 'not-sent', () => ({ tone: 'bad', stays, message: say('notSent'), hint: say('notSentHint'), action }));
  } else {
    throw failure;
  }
}

function change(firstSeen) {
  // All were there before the request: a job that calls the image API takes a while.
  if (firstSeen?.status === 'COMPLETED' && Date.parse(firstSeen.updatedAt) - Date.parse(firstSeen.createdAt) < 500) {
    note('allThere');
  }
  if (jobs.latest()?.possiblyChargedTwice) {
    note('maybeTwice');
  }
  render();
}

function render() {
  const isRunning = jobs.running().length > 0;
  renderStatus(jobs.latest(), isRunning);
  const focused = document.activeElement;
  element('cancel').hidden = !isRunning;
  element('anew').hidden = isRunning || cards.images().length === 0;
  if (focused?.hidden) {
    element('generate').focus();
  }
  preview.show({ ...jobs.shownEvent(), images: cards.images() });
  channels.show({ ...jobs.shownEvent(), draft: jobs.shownDraft(), images: cards.images() });
  jobs.remember();
}

function renderStatus(job, isRunning) {
  const status = element('status');
  if (job) {
    status.textContent = document.documentElement.lang === 'ko' ? job.message : say(`state-${job.status}`);
  } else {
    status.textContent = say(isRunning ? 'state-PENDING' : 'ready');
  }
  element('progress').hidden = !isRunning;
  element('progress').value = job?.progress ?? 0;
}

function speak(language) {
  use(language);
  cards.renderAll();
  notices.refresh();
  render();
}

// --- The start

function listen() {
  element('form').addEventListener('submit', (event) => {
    event.preventDefault();
    generate(false);
  });
  element('anew').addEventListener('click', () => generate(true));
  element('cancel').addEventListener('click', cancel);
  document.querySelectorAll('[data-language]').forEach((button) => button.addEventListener('click', () => {
    choose(button.dataset.language);
    speak(button.dataset.language);
  }));
  addEventListener('offline', () => {
    notices.remove('lost');
    notices.show('offline', () => ({ tone: 'wait', message: say('offline'), hint: say('offlineHint') }));
  });
  addEventListener('online', () => {
    notices.remove('offline', 'lost');
    note('online');
    pictures.loadMissing();
    if (!isStarted) {
      start();
    }
  });
  setInterval(() => notices.refresh('outage'), 1000);
}

notices.build(element('notices'));
cards.build(element('cards'), element('card'), (action, style) => ({ regenerate, copy, delete: remove })[action](style));
channels.build();
preview.build();
jobs.build(change, (failure, again) => {
  showFailure(failure, again && (() => attempt(again)));
  render();
});
use(firstLanguage());
listen();
await start();
